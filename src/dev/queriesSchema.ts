import { toJsonSchema } from '@valibot/to-json-schema';
import type * as v from 'valibot';
import { described } from './describedSchema';
import { queryFile } from '../extension/results/queryFile/queryFile';

/** What the editor tells of each part of the file. */
const texts: Readonly<Record<keyof v.InferOutput<typeof queryFile>, string>> = {
  $schema: 'The address of a schema; Kindred takes no notice of it.',
  version: 'The version of this form.',
  queries: 'The recordings to search from, which are not listed. A file is a path from the folder of this one.',
  moreLike: 'Recordings that matches should be like as well.',
  notLike: 'Recordings that matches should not be like.',
  rankBy:
    'How the distances to several recordings are taken together: "nearest" takes the smallest one, "mean" their mean.',
  compare: 'Whether recordings of the same channels are ranked, or all of them with their channels taken together.',
  weights: 'How much each channel counts.',
};

/** The JSON schema of files with queries and marks, by which the editor completes and checks them. */
export function queriesSchema(): object {
  const schema = toJsonSchema(queryFile, { errorMode: 'throw', ignoreActions: ['readonly'] });
  const { $schema, ...ofFile } = schema;
  const properties = described(ofFile.properties, texts);
  return {
    $schema,
    ...ofFile,
    title: 'Queries and marks',
    description: 'What Kindred searches with.',
    allowComments: true,
    allowTrailingCommas: true,
    properties,
  };
}
