import { registerControls } from '../shared/controls';
import { useLanguageOf } from '../shared/l10n';
import { panel } from './panel';

registerControls();
const root = document.getElementById('root');
if (root === null) throw new Error('The page has no element #root.');
useLanguageOf(root);
panel(root);
