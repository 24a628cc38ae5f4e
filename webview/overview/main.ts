import { toOverviewPage } from '../../src/protocol/overviewPage';
import { startPage } from '../shared/startPage';
import { OverviewPage } from './page';

startPage(toOverviewPage, (root, post, memory) => new OverviewPage(root, post, memory));
