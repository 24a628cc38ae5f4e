import type { Reader } from '../../reader';
import { isBinary } from '../text/encoding';
import { ucrReader } from '../ucr/ucr';
import { describeText } from './describe';
import { readDelimited } from './read';

/** Text that holds a table: a time step, a series, a channel or one value of one signal in each line. */
export const delimitedReader: Reader = {
  format: 'delimited',
  version: 4,
  extensions: ['.csv', '.tsv', '.txt', '.dat'],
  claims(source) {
    if (source.extension === '.dat') return !isBinary(source.head);
    return !(ucrReader.extensions.includes(source.extension) && ucrReader.claims(source));
  },
  describe: describeText,
  read: readDelimited,
};
