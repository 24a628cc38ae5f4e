import { toJsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';
import { described } from './describedSchema';
import { decisions, type Decisions } from '../core/recordings/reading/decisions';

/** What the editor tells of each part of a rule while somebody writes one. */
const texts: Readonly<Record<'files' | keyof Decisions, string>> = {
  files:
    'Which files the rule is about: a glob from the folder, as in "gaze/*.csv". Without a slash it is about files of that name in any folder; with a slash in front, in the top folder alone.',
  rate: 'The sampling rate in Hz. It goes before any clock.',
  channels: 'The channels to keep, in this order: their names, or their numbers from 1.',
  names: 'What the channels are called, in their order.',
  units: 'What the channels are measured in, in their order; null leaves the unit as the file has it.',
  axes: 'Which axis of a two-dimensional array is time. With "auto" it is the longer one.',
  delimiter: 'What stands between the cells of a text table.',
  decimal: 'The decimal sign of a text table. The other one then parts thousands.',
  headerLines: 'How many lines stand above the first samples of a text table. The last of them may hold the names.',
  clock: 'The column that tells the time, by name or number from 1. null says that there is none.',
  clockUnit: 'The unit of the clock.',
  label: 'The column that holds the label, by name or number from 1. null says that there is none.',
  segments: 'Whether the recording is cut into sequences where its labels or annotations change.',
  series: 'Whether the columns are the channels of one recording, or each row is a series of its own.',
};

const rule = v.strictObject({ files: v.pipe(v.string(), v.minLength(1), v.maxLength(4096)), ...decisions.entries });

/** The JSON schema of `.kindred/reading.json`, by which the editor completes and checks it. */
export function readingSchema(): object {
  const { $schema, ...ofRule } = toJsonSchema(rule, { errorMode: 'throw', ignoreActions: ['readonly', 'finite'] });
  const properties = described(ofRule.properties, texts);
  return {
    $schema,
    title: 'Rules of reading',
    description: 'How Kindred reads some files of this folder.',
    type: 'object',
    allowComments: true,
    allowTrailingCommas: true,
    properties: {
      $schema: { type: 'string', description: 'The address of a schema; Kindred takes no notice of it.' },
      rules: {
        type: 'array',
        maxItems: 1000,
        description: 'The rules. Where several say something of the same thing about a file, the last one holds.',
        items: { ...ofRule, properties },
      },
    },
    required: ['rules'],
    additionalProperties: false,
  };
}
