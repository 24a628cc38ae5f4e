import { buildAll } from './bundles';

await buildAll();
console.log('Built dist/.');
