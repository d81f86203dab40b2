import { WRAPPER_NAME } from '../task-process.js';
import { BEGAN, ENDED_WITH_255 } from './marks.js';
import { quote } from './quote.js';
import type { RemoteTask } from './remote-input.js';

const shown = (mark: string) => quote(mark.replaceAll('\n', '\\n'));

/**
 * Reads `$1` bytes of standard input and not one more. A dd that cannot fill its blocks from a pipe reads single bytes.
 */
const TAKE = `
if dd if=/dev/null iflag=fullblock 2>/dev/null; then
  take() {
    { [ $(($1 / 65536)) -eq 0 ] || dd bs=65536 count=$(($1 / 65536)) iflag=fullblock 2>/dev/null; } &&
      { [ $(($1 % 65536)) -eq 0 ] || dd bs=$(($1 % 65536)) count=1 iflag=fullblock 2>/dev/null; }
  }
else
  take() { [ "$1" -eq 0 ] || dd bs=1 count="$1" 2>/dev/null; }
fi`;

/** Ends the processes `$1`, a group or one, within 3 s. Not every sleep knows parts of a second. */
const END = `
end() {
  kill -TERM "$1"
  tenths=30
  while [ "$tenths" -gt 0 ] && kill -0 "$1"; do
    sleep 0.1 || { sleep 1; tenths=$((tenths - 9)); }
    tenths=$((tenths - 1))
  done
  kill -KILL "$1"
}`;

/** Ends the processes `$1` when standard input ends. */
const WATCH = `${END}
while read -r line; do :; done
end "$1"
`;

/**
 * What runs on the node. It takes environment, input and files from standard input into memory and a folder of its own,
 * and begins only when all has come, which the dot at the end shows. From then on standard input says nothing but that
 * the connection stands: with its end the task's process group is ended. The shell itself outlives what ends the task,
 * so that the folder goes with it; where a signal did that, it may have missed what the task was no longer a parent of.
 */
export function remoteScript(
  { target, executable, files, folder }: RemoteTask,
  envBytes: number,
  inputBytes: number,
): string {
  const place = (path: string) => quote(`./${path}`);
  const folders = [...new Set(files.map(({ path }) => path.split('/').slice(0, -1).join('/')))];
  const marks = target.tty ? `printf ${shown(BEGAN)}` : `printf ${shown(BEGAN)}; printf ${shown(BEGAN)} >&2`;
  return `
mask=$(umask)
umask 077
dir=${quote(folder)}
mkdir "$dir" || exit 1
trap 'cd /; rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM PIPE
cd "$dir" || exit 1
${TAKE}${END}
env=$(take ${envBytes}; echo .)
input=$(take ${inputBytes}; echo .)
input=\${input%.}
${folders.map((path) => `mkdir -p ${place(path)} || exit 1\n`).join('')}
${files.map(({ path, size }) => `{ take ${size} >${place(path)} && chmod 700 ${place(path)}; } || exit 1\n`).join('')}
[ "$(take 1)" = . ] || exit 1
eval "\${env%.}"
unset env
ended=
trap 'ended=yes' HUP INT TERM
trap : PIPE
setsid=$(command -v setsid) && group=- || group=
exec 4<&0
umask "$mask"
${marks}
printf %s "$input" | $setsid sh -c 'exec "$1"' ${WRAPPER_NAME} "$dir"/${quote(executable)} 4<&- &
task=$!
trap '' HUP INT TERM
$setsid sh -c ${quote(WATCH)} ${WRAPPER_NAME} "$group$task" <&4 4<&- >/dev/null 2>&1 &
watch=$!
trap 'ended=yes' HUP INT TERM
exec 4<&- </dev/null
while wait "$task"; code=$?; kill -0 "$task" 2>/dev/null; do :; done
{ [ -z "$ended" ] || end "$group$task"; kill -KILL "$watch"; } 2>/dev/null
[ "$code" -ne 255 ] || printf ${shown(ENDED_WITH_255)} >&2
exit "$code"
`;
}
