import Sequencer from '@jest/test-sequencer';

/** Those that take longest by themselves, mostly waiting; begun last they would be waited for alone. */
const LONG = /test\/(?:bench|harm|cluster|outside)\/|\/(?:puppet|run-as)\/|agent\.int|(?:readme|walks)\.e2e/;

/** Begins with the long ones also where no run before has told which they are. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const isLong = ({ path }) => LONG.test(path);
    const sorted = super.sort(tests);
    return [...sorted.filter(isLong), ...sorted.filter((test) => !isLong(test))];
  }
}
