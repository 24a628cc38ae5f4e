import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type CancellationToken,
} from 'vscode-jsonrpc/node';
import { QuestionError } from '../../api/questionError';
import { answered } from '../../engine/answering';
import { RequestError } from '../../engine/requestError';
import { commandEntries, commandNames, type CommandName } from '../../protocol/commands/commands';
import { aborted, withEngine, type IndexOptions } from '../openIndex';
import { paramsOf } from '../paramsOf';
import { methods, type Served } from './methods';

/**
 * `kindred serve --stdio`: answers the commands over JSON-RPC on standard input and output, framed as in the Language
 * Server Protocol, until the input closes. Standard output belongs to the messages alone.
 */
export async function serve(folders: readonly string[], options: IndexOptions, signal: AbortSignal): Promise<void> {
  await withEngine(folders, { ...options, watch: true }, nothing, async (engine, opened) => {
    const [first, ...others] = opened.map(({ path }) => path);
    if (first === undefined) throw new RequestError('Name a folder to answer from.');
    const served: Served = { engine, folders: [first, ...others] };
    const connection = createMessageConnection(
      new StreamMessageReader(process.stdin),
      new StreamMessageWriter(process.stdout),
    );
    connection.onRequest('status', (_params: unknown, token: CancellationToken) => {
      return answered(token, complain, (until) => engine.ask('status', {}, until));
    });
    for (const name of commandNames) {
      connection.onRequest(name, (params: unknown, token: CancellationToken) => {
        return answered(token, complain, (until) => run(served, name, params, until));
      });
    }
    await new Promise<void>((ended) => {
      connection.onClose(ended);
      process.stdin.once('end', ended);
      signal.addEventListener('abort', () => {
        ended();
      });
      connection.listen();
    });
    // What is still being answered is answered to nobody.
    connection.dispose();
  });
}

/** @param given whatever came. @throws RequestError */
async function run(served: Served, name: CommandName, given: unknown, signal: AbortSignal): Promise<unknown> {
  const params = paramsOf(commandEntries[name].params, given ?? {});
  const method = methods[name] as (on: Served, asked: unknown, until: AbortSignal) => unknown;
  try {
    await untilIndexed(served, signal);
    return await method(served, params, signal);
  } catch (error) {
    if (error instanceof QuestionError) throw new RequestError(error.message, { cause: error });
    throw error;
  }
}

/** Answers are about the whole folder. */
async function untilIndexed({ engine }: Served, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await Promise.race([engine.indexed(), aborted(signal)]);
}

function complain(details: string): void {
  process.stderr.write(`${details}\n`);
}

const nothing = (): void => undefined;
