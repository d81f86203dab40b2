import { read } from './markdown.js';

/** The texts in the parentheses of a decorator: none, one, or a list. */
function pathsIn(args: string): string[] {
  const paths = Array.from(args.matchAll(/'([^']*)'/g), ([, path]) => path!);
  return paths.length === 0 ? [''] : paths;
}

/** Every route that controllers declare: `GET /orchestrator/v1/jobs/:id`. */
export function routesOf(controllers: readonly string[]): string[] {
  return controllers.flatMap((file) => {
    const source = read(file);
    const prefixes = pathsIn(/@Controller\(([^)]*)\)/.exec(source)![1]!);
    const methods = Array.from(source.matchAll(/@(Get|Post|Put|Delete)\(([^)]*)\)/g));
    return methods.flatMap(([, method, args]) =>
      prefixes.flatMap((prefix) =>
        pathsIn(args!).map((rest) => {
          const parts = [prefix, rest].filter((part) => part !== '');
          return `${method!.toUpperCase()} /${parts.join('/')}`;
        }),
      ),
    );
  });
}
