import { toReadingPage } from '../../src/protocol/readingPage';
import { startPage } from '../shared/startPage';
import { ReadingPage } from './page';

startPage(toReadingPage, (root, post) => new ReadingPage(root, post));
