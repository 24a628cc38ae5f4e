import { pageRoot } from '../shared/startPage';
import { panel } from './panel';

panel(pageRoot());
