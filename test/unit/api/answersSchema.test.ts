import { expect, it } from 'vitest';
import { answersSchema } from '../../../src/dev/answersSchema';
import { inProject } from '../../../src/dev/project';

it('the published schema is what the code answers by (npm run unit -- test/unit/api -u writes it)', async () => {
  await expect(`${JSON.stringify(answersSchema(), null, 2)}\n`).toMatchFileSnapshot(
    inProject('docs/answers.schema.json'),
  );
});
