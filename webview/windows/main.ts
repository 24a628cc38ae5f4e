import { toWindowsPage } from '../../src/protocol/windowsPage';
import { startPage } from '../shared/startPage';
import { WindowsPage } from './page';

startPage(toWindowsPage, (root, post) => new WindowsPage(root, post));
