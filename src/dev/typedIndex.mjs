const typedArrays = new Set([
  ...['Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array'],
  ...['Float16Array', 'Float32Array', 'Float64Array', 'BigInt64Array', 'BigUint64Array', 'Buffer'],
]);

/** @param {import('typescript').Type} type @returns {boolean} */
function isTypedArray(type) {
  return type.isUnion() ? type.types.every(isTypedArray) : typedArrays.has(type.getSymbol()?.name ?? '');
}

/**
 * Allows `!` only behind an index into a typed array: a loop over its length cannot leave it, and a check in it would
 * cost time. Everywhere else code is to be written so that it needs none.
 *
 * @type {import('eslint').Rule.RuleModule}
 */
export const typedIndex = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { assertion: 'Only an index into a typed array may be followed by "!"; check the value instead.' },
  },
  create: (context) => {
    /** @type {unknown} */
    const services = context.sourceCode.parserServices;
    const { program, getTypeAtLocation } =
      /** @type {import('@typescript-eslint/parser').ParserServicesWithTypeInformation} */ (services);
    const checker = program.getTypeChecker();
    return {
      /** @param {import('@typescript-eslint/types').TSESTree.TSNonNullExpression} node */
      TSNonNullExpression: ({ expression, loc }) => {
        const indexed = 'computed' in expression && expression.computed && 'object' in expression ? expression : null;
        if (indexed !== null && isTypedArray(checker.getApparentType(getTypeAtLocation(indexed.object)))) return;
        context.report({ loc, messageId: 'assertion' });
      },
    };
  },
};
