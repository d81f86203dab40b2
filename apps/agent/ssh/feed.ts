import { quote } from './quote.js';

/**
 * Lines of a shell that run a program and give it their own standard input, the files that are the shell's arguments
 * and one dot. They end with its exit status; its input ends when it or the shell does.
 * @param program a command of the shell
 * @param input where the way to it is made
 * @param before lines that run before it is given anything; `$fed` is its process
 */
export const feed = (program: string, input: string, before = '') => `
mkfifo -m 600 ${quote(input)} || exit 255
${program} <${quote(input)} &
fed=$!
exec 3>${quote(input)}
trap '' PIPE
${before}
{ cat; cat -- "$@"; printf .; } >&3 2>/dev/null
wait "$fed"
`;
