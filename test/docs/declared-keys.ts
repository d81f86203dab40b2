import ts from 'typescript';

/** What an interface of a source file declares. */
export interface Declared {
  /** Its keys. */
  readonly keys: readonly string[];
  /** The keys of the type of each of them. */
  readonly inner: Readonly<Record<string, readonly string[]>>;
}

/** Reads interfaces as the compiler sees them, with all that they extend. */
export function declaredKeys(file: string, names: readonly string[]): Readonly<Record<string, Declared>> {
  const options = { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, noLib: true };
  const program = ts.createProgram([file], { ...options, types: [] });
  const checker = program.getTypeChecker();
  const found = program
    .getSourceFiles()
    .flatMap((source) => source.statements.filter((statement) => ts.isInterfaceDeclaration(statement)))
    .filter((declaration) => names.includes(declaration.name.text))
    .map((declaration) => {
      const properties = checker.getTypeAtLocation(declaration).getProperties();
      const inner = properties.map((property) => {
        const type = checker.getTypeOfSymbolAtLocation(property, declaration);
        return [property.name, type.getProperties().map(({ name }) => name)] as const;
      });
      return [declaration.name.text, { keys: properties.map(({ name }) => name), inner: Object.fromEntries(inner) }];
    });
  return Object.fromEntries(found) as Record<string, Declared>;
}
