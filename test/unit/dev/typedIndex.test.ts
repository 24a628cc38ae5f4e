import { Linter } from 'eslint';
import ts from 'typescript';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';
import { typedIndex } from '../../../src/dev/typedIndex.mjs';

const fileName = 'sample.ts';

/** The lines of a text that the rule reports. */
function reported(lines: readonly string[]): readonly string[] {
  const text = lines.join('\n');
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2022.d.ts'],
    strict: true,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const library = ts.createCompilerHost(options);
  host.getSourceFile = (name, version) =>
    name === fileName ? ts.createSourceFile(name, text, version, true) : library.getSourceFile(name, version);
  const program = ts.createProgram([fileName], options, host);
  const messages = new Linter().verify(
    text,
    {
      files: ['**/*.ts'],
      languageOptions: { parser: tseslint.parser, parserOptions: { programs: [program] } },
      plugins: { kindred: { rules: { 'typed-index': typedIndex } } },
      rules: { 'kindred/typed-index': 'error' },
    },
    fileName,
  );
  return messages.map(({ line, ruleId, message }) => lines[line - 1] ?? `${ruleId ?? ''}: ${message}`);
}

describe('the lint rule for "!"', () => {
  it('allows it behind an index into a typed array, and reports it everywhere else', () => {
    const allowed = [
      'export const a = (values: Float32Array, i: number) => values[i]!;',
      'export const b = (values: Uint8Array | Int32Array) => values[0]!;',
      'export const c = <T extends Float64Array>(values: T) => values[0]!;',
      'export const d = (all: { readonly values: BigInt64Array }) => all.values[0]!;',
      'interface Buffer extends Uint8Array {}; export const e = (bytes: Buffer) => bytes[0]!;',
    ];
    const others = [
      'export const k = (values: readonly number[]) => values[0]!;',
      'export const l = (values: ArrayLike<number>) => values[0]!;',
      'export const m = (values: Float32Array | number[]) => values[0]!;',
      'export const n = (values: Float32Array) => values.at(0)!;',
      'export const o = (values: Map<string, number>) => values.get("a")!;',
      'export const p = (value: string | null) => value!;',
      'export const q = (values: readonly Float32Array[]) => values[0]!.length;',
    ];
    expect(reported([...allowed, ...others])).toEqual(others);
  });
});
