/** What cells and scripts both ask of a statement's syntax. Pure. */

import type { AnyNode, ImportDeclaration } from 'acorn';

/** Names that a statement declares where it stands, in order; none for most. */
export function namesOf(statement: AnyNode): readonly string[] {
  switch (statement.type) {
    case 'VariableDeclaration':
      return statement.declarations.flatMap(({ id }) => namesIn(id));
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      return statement.id ? [statement.id.name] : [];
    case 'ImportDeclaration':
      return statement.specifiers.map(({ local }) => local.name);
    case 'ExportNamedDeclaration':
    case 'ExportDefaultDeclaration':
      return statement.declaration ? namesOf(statement.declaration) : [];
    default:
      return [];
  }
}

/** Names that a pattern binds: `a` and `b` of `{ a, x: [b] }`. */
function namesIn(pattern: AnyNode): readonly string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name];
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) =>
        namesIn(property.type === 'RestElement' ? property.argument : property.value),
      );
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element ? namesIn(element) : []));
    case 'AssignmentPattern':
      return namesIn(pattern.left);
    case 'RestElement':
      return namesIn(pattern.argument);
    default:
      return [];
  }
}

/** The node, and all below it. */
export function forEachNode(node: AnyNode, visit: (node: AnyNode) => void): void {
  visit(node);
  for (const child of Object.values(node)) {
    for (const one of Array.isArray(child) ? child : [child]) {
      if (typeof (one as AnyNode | null)?.type === 'string') forEachNode(one as AnyNode, visit);
    }
  }
}

/** `import …` as `var … = await IMPORT(…);`: names that may be declared again. `load`: what IMPORT is. */
export function importAsVariables({ specifiers, source, attributes }: ImportDeclaration, load: string): string {
  const options = attributes.map(({ key, value }) => `${key.type === 'Identifier' ? key.name : key.raw}: ${value.raw}`);
  const wanted = options.length === 0 ? source.raw : `${source.raw}, { with: { ${options.join(', ')} } }`;
  const loaded = `await ${load}(${wanted})`;
  const whole = specifiers.find(({ type }) => type === 'ImportNamespaceSpecifier')?.local.name;
  const parts = specifiers.flatMap((specifier) => {
    if (specifier.type === 'ImportNamespaceSpecifier') return [];
    const { local } = specifier;
    if (specifier.type === 'ImportDefaultSpecifier') return [`default: ${local.name}`];
    const { imported } = specifier;
    const name = imported.type === 'Identifier' ? imported.name : imported.raw;
    return [name === local.name ? name : `${name}: ${local.name}`];
  });
  if (specifiers.length === 0) return `${loaded};`;
  const bound = [
    ...(whole ? [`${whole} = ${loaded}`] : []),
    ...(parts.length > 0 ? [`{ ${parts.join(', ')} } = ${whole ?? loaded}`] : []),
  ];
  return `var ${bound.join(', ')};`;
}
