import { toRecordingPage } from '../../src/protocol/recordingPage';
import { startPage } from '../shared/startPage';
import { RecordingPage } from './page';

startPage(toRecordingPage, (root, post, memory) => new RecordingPage(root, post, memory));
