// Runs one of the project's tools: node src/dev/run.mjs TASK [arguments]
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('../..', import.meta.url));
const windows = process.platform === 'win32';

/** @param {string} path */
const inProject = (path) => fileURLToPath(new URL(path, `file://${project}`));

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
  console.error(message);
  process.exit(1);
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(`Kindred needs Node 20.19 or later, and this is ${process.version}. Get it from https://nodejs.org.`);
}

/** npm writes its record of what is installed last, so an installation that was cut off does not count. */
function isInstalled() {
  const record = inProject('node_modules/.package-lock.json');
  return existsSync(record) && statSync(record).mtimeMs >= statSync(inProject('package-lock.json')).mtimeMs;
}

function installPackages() {
  console.log('Installing packages (npm ci) …');
  const npm = spawnSync('npm', ['ci', '--loglevel=error'], { cwd: project, stdio: 'inherit', shell: windows });
  if (npm.error) fail(`npm could not be started: ${npm.error.message}. It comes with Node.`);
  if (npm.status !== 0) fail('npm ci failed, see above. Check the network and the disk, then run the command again.');
}

/** @param {string} task */
async function bundle(task) {
  const { bundleTool } = await import('./toolBundle.mjs');
  const outfile = inProject(`dist/tools/${task}.mjs`);
  await bundleTool(inProject(`src/dev/${task}.ts`), outfile);
  return outfile;
}

/**
 * @param {string} script
 * @param {string[]} args
 */
function runScript(script, args) {
  const child = spawn(process.execPath, ['--enable-source-maps', script, ...args], { cwd: project, stdio: 'inherit' });
  // Ctrl+C reaches the child as well, and the child decides when to end.
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
    process.on(signal, () => {
      if (signal === 'SIGTERM') child.kill(signal);
    });
  }
  child.on('close', (code, signal) => {
    process.exit(code ?? (signal === 'SIGINT' ? 130 : 1));
  });
}

const [task, ...args] = process.argv.slice(2);
if (task === undefined || !/^[a-z]+$/.test(task) || !existsSync(inProject(`src/dev/${task}.ts`))) {
  fail('Usage: node src/dev/run.mjs build|package|release|start|test|bench|torture|reproduce|pictures [arguments]');
}
checkNode();
if (!isInstalled()) installPackages();
runScript(await bundle(task), args);
