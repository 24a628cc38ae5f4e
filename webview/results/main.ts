import { useLanguageOf } from '../shared/l10n';
import { registerToolkit } from '../shared/toolkit';
import { panel } from './panel';

registerToolkit();
const root = document.getElementById('root');
if (root === null) throw new Error('The page has no element #root.');
useLanguageOf(root);
panel(root);
