import { writeModules } from '../setup/modules.js';

const string = { type: 'String' };

/** The tasks that these tests run on their agents. */
export const testModules = () =>
  writeModules(
    {
      // Runs until its gate is there; leaves a line for each start.
      hold: {
        script:
          'echo "$DAYBOOK_ATTEMPT" >>"$PT_gate.starts"; until [ -e "$PT_gate" ]; do sleep 0.05; done; echo through',
        metadata: { input_method: 'environment', parameters: { gate: string } },
      },
      hold_once: {
        script: 'echo "$DAYBOOK_ATTEMPT" >>"$PT_gate.starts"; until [ -e "$PT_gate" ]; do sleep 0.05; done',
        metadata: {
          input_method: 'environment',
          parameters: { gate: string },
          extensions: { daybook: { rerun: false } },
        },
      },
      // Two processes that write down who they are and stay.
      tree: {
        script: 'sleep 1000 & echo "$$ $!" >"$PT_pids.new"; mv "$PT_pids.new" "$PT_pids"; wait',
        metadata: { input_method: 'environment', parameters: { pids: string } },
      },
      pages: {
        script: 'head -c "$PT_bytes" /dev/zero | tr "\\0" x',
        metadata: { input_method: 'environment', parameters: { bytes: { type: 'Integer' } } },
      },
      mirror: { script: 'cat', metadata: { input_method: 'stdin' } },
      letter: {
        script: 'cat "$PT__installdir/letter/files/a/text" "$PT__installdir/words/lib/more"',
        metadata: { files: ['letter/files/', 'words/lib/more'] },
      },
      dry: { script: 'echo "noop=${PT__noop-}"', metadata: { supports_noop: true } },
      wide: { script: ':', metadata: { files: ['wide/files/'] } },
    },
    {
      'letter/files/a/text': 'a letter ',
      'words/lib/more': 'with more',
      // So many files that a message with their names is more than nats-server takes.
      ...Object.fromEntries(
        Array.from({ length: 5000 }, (_, index) => [`wide/files/${'long'.repeat(40)}/${index}`, 'one for all']),
      ),
    },
  );
