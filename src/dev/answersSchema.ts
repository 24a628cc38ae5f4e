import { toJsonSchema } from '@valibot/to-json-schema';
import { withoutAddress } from '../api/tools/inputSchema';
import { commandEntries, commandNames } from '../protocol/commands/commands';
import { schemaVersion } from '../protocol/commands/recording';
import { writtenAnswer } from '../protocol/commands/folder';

/** The JSON schema of what every command answers, one definition for each. */
export function answersSchema(): object {
  const answers = [
    ...commandNames.map((name) => [name, commandEntries[name].answer] as const),
    ['written', writtenAnswer] as const,
  ];
  const definitions = answers.map(([name, answer]) => {
    return [name, withoutAddress(toJsonSchema(answer, { errorMode: 'throw' }))] as const;
  });
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Answers of Kindred',
    description: `What the commands of Kindred answer with --json, and kindred serve: version ${schemaVersion}.`,
    oneOf: answers.map(([name]) => ({ $ref: `#/definitions/${name}` })),
    definitions: Object.fromEntries(definitions),
  };
}
