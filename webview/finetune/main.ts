import { toTuningPage } from '../../src/protocol/finetunePanel';
import { startPage } from '../shared/startPage';
import { tuningPage } from './page';

startPage(toTuningPage, tuningPage);
