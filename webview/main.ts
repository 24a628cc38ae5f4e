import { registerControls } from './controls';
import { panel } from './panel';

registerControls();
const root = document.getElementById('root');
if (root === null) throw new Error('The page has no element #root.');
panel(root);
