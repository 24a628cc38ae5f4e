import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { beforeAll, describe, expect, it } from 'vitest';
import { extensions, mayHoldSequences, packable, rarelyRecordings } from '../../../src/extension/results/find/formats';
import { panelCommands } from '../../../src/protocol/panel';
import { tooltipCommands } from '../../../src/extension/index/statusText';
import { readSettings } from '../../../src/extension/workspace/settings';
import { supportedExtensions } from '../../../src/core/recordings/registry';
import { mcpProvider } from '../../../src/extension/agents/mcpProvider';
import { manifestTools } from '../../../src/dev/manifestTools';
import { inProject } from '../../../src/dev/project';
import { messagesOf } from '../l10n/messages';

const manifestSchema = v.object({
  activationEvents: v.array(v.string()),
  contributes: v.object({
    commands: v.array(v.object({ command: v.string(), category: v.string(), icon: v.optional(v.string()) })),
    menus: v.record(v.string(), v.array(v.object({ command: v.string(), when: v.string() }))),
    keybindings: v.array(v.object({ command: v.string(), when: v.string() })),
    configuration: v.object({ properties: v.record(v.string(), v.looseObject({ default: v.unknown() })) }),
  }),
  capabilities: v.object({
    untrustedWorkspaces: v.object({ restrictedConfigurations: v.array(v.string()) }),
  }),
});

let manifest: v.InferOutput<typeof manifestSchema>;

beforeAll(async () => {
  const text = await readFile(new URL('../../../package.json', import.meta.url), 'utf8');
  manifest = v.parse(manifestSchema, JSON.parse(text));
});

describe('the manifest', () => {
  it('declares the settings that the code reads, with the defaults that it falls back to', () => {
    const { properties } = manifest.contributes.configuration;
    const read = new Set<string>();
    const asDeclared = readSettings((name) => {
      read.add(`kindred.${name}`);
      return properties[`kindred.${name}`]?.default;
    });
    expect(asDeclared).toEqual(readSettings(() => undefined));
    expect(Object.keys(properties).sort()).toEqual([...read].sort());
  });

  it('declares the tools for language models as they are defined', async () => {
    const { contributes } = JSON.parse(await readFile(inProject('package.json'), 'utf8')) as {
      contributes: { languageModelTools: unknown; mcpServerDefinitionProviders: unknown };
    };
    expect(contributes.languageModelTools).toEqual(manifestTools());
    expect(contributes.mcpServerDefinitionProviders).toEqual([{ id: mcpProvider, label: 'Kindred' }]);
  });

  it('says of each setting what it does', async () => {
    const texts = await messagesOf('package.nls.json');
    for (const [name, property] of Object.entries(manifest.contributes.configuration.properties)) {
      const description = property['description'] ?? property['markdownDescription'];
      expect(description, name).toBe(`%setting.${name.replace('kindred.', '')}%`);
      expect(texts[`setting.${name.replace('kindred.', '')}`], name).toMatch(/.{20}/);
    }
  });

  it('restricts every setting in workspaces that are not trusted', () => {
    const restricted = manifest.capabilities.untrustedWorkspaces.restrictedConfigurations;
    expect([...restricted].sort()).toEqual(Object.keys(manifest.contributes.configuration.properties).sort());
  });

  it('names the extensions that the readers name', () => {
    const named = [...extensions, ...packable.map((extension) => `${extension}.gz`)];
    expect(named.map((extension) => `.${extension}`).sort()).toEqual([...supportedExtensions].sort());
  });

  it('offers the main command for exactly the files that a reader may claim', () => {
    for (const menu of ['explorer/context', 'editor/title']) {
      const when = manifest.contributes.menus[menu]?.[0]?.when ?? '';
      const listed = [...when.matchAll(/resourceExtname =~ \/\^\\\.(\(?[\w|]+\)?)\$\/i/g)].flatMap(
        ([, group]) => group?.replace(/[()]/g, '').split('|') ?? [],
      );
      expect(listed.sort()).toEqual(extensions.filter((extension) => !rarelyRecordings.includes(extension)).sort());
      const packed = /resourceFilename =~ \/\\\.\(([\w|]+)\)\\\.gz\$\/i/.exec(when)?.[1]?.split('|');
      expect(packed?.sort()).toEqual(packable.filter((extension) => !rarelyRecordings.includes(extension)).sort());
      expect(when).toContain('(resourceLangId != typescript || resourcePath in kindred.seriesFiles)');
    }
  });

  it('wakes the extension for folders with typical recordings, never for TypeScript or plain text', () => {
    const woken = manifest.activationEvents
      .filter((event) => event.startsWith('workspaceContains:'))
      .map((event) => event.replace('workspaceContains:**/', ''));
    expect(woken.every((glob) => mayHoldSequences(glob))).toBe(true);
    expect(woken).not.toContain('*.ts');
    expect(woken).not.toContain('*.txt');
  });

  it('declares every command of the results panel, for the palette only where the panel is', () => {
    const { commands, menus } = manifest.contributes;
    const ids = panelCommands.map((command) => `kindred.match.${command}`).sort();
    const isMatch = ({ command }: { readonly command: string }) => command.startsWith('kindred.match.');
    expect(
      commands
        .filter(isMatch)
        .map(({ command }) => command)
        .sort(),
    ).toEqual(ids);
    const offered = menus['commandPalette']?.filter(isMatch) ?? [];
    expect(offered.map(({ command }) => command).sort()).toEqual(ids);
    expect(offered.every(({ when }) => when === "activeWebviewPanelId == 'kindred.results'")).toBe(true);
    const onRows = menus['webview/context']?.map(({ command }) => command);
    expect(onRows).toContain('kindred.match.setLabel');
  });

  it('opens the choice of encoders and fine-tuning from the view of encoders', () => {
    const inView = manifest.contributes.menus['view/title']?.filter(({ when }) => when.includes('kindred.encoders'));
    expect(inView?.map(({ command }) => command)).toEqual(['kindred.chooseEncoder', 'kindred.fineTune']);
    const icons = manifest.contributes.commands.filter(({ command }) =>
      inView?.some((item) => item.command === command),
    );
    expect(icons.every(({ icon }) => icon?.startsWith('$('))).toBe(true);
    // The lines of the view run it; the palette has no folder to give it.
    expect(manifest.contributes.commands.map(({ command }) => command)).not.toContain('kindred.useEncoder');
  });

  it('refers only to commands that it declares', () => {
    const { commands, menus, keybindings } = manifest.contributes;
    const declared = commands.map(({ command }) => command);
    const used = [...Object.values(menus).flat(), ...keybindings].map(({ command }) => command);
    const linked = tooltipCommands.filter((id) => id.startsWith('kindred.') && id !== 'kindred.restartEngine');
    expect(declared).toEqual(expect.arrayContaining([...used, ...linked]));
    expect(commands.every(({ category }) => category === 'Kindred')).toBe(true);
  });

  it('leaves keys to what is typed into, as the context of a panel lags behind the focus', () => {
    const panel = manifest.contributes.keybindings.filter(({ command }) => command.startsWith('kindred.match.'));
    expect(panel.length).toBeGreaterThan(0);
    expect(panel.filter(({ when }) => !when.includes('!inputFocus'))).toEqual([]);
  });
});

describe('the walkthrough', () => {
  const media = v.object({ svg: v.string(), altText: v.string() });
  const step = v.object({ media, completionEvents: v.array(v.string()) });
  const walkthroughs = v.array(v.object({ steps: v.array(step) }));

  it('has six steps, each with a picture in the colours of the theme', async () => {
    const { contributes } = JSON.parse(await readFile(inProject('package.json'), 'utf8')) as {
      readonly contributes: { readonly walkthroughs: unknown };
    };
    const [walkthrough] = v.parse(walkthroughs, contributes.walkthroughs);
    expect(walkthrough?.steps).toHaveLength(6);
    for (const { media: shown, completionEvents } of walkthrough!.steps) {
      const picture = await readFile(inProject(shown.svg), 'utf8');
      expect(picture).toContain('var(--vscode-');
      // The page that the editor shows it in allows no styles of its own: attributes only.
      expect(picture).not.toMatch(/#[0-9a-f]{3,8}\b|<script|<image|<style|style=/i);
      expect(completionEvents).not.toHaveLength(0);
    }
  });
});

describe('readSettings', () => {
  it('takes what fits', () => {
    const values: Record<string, unknown> = {
      'index.automatic': false,
      'files.include': ['a/**'],
      'engine.threads': 4,
      'numpy.arrayAxes': 'time-first',
    };
    expect(readSettings((name) => values[name])).toMatchObject({
      automatic: false,
      engine: { include: ['a/**'], threads: 4, arrayAxes: 'time-first', maximumSteps: 262_144 },
    });
  });

  it.each([
    ['engine.threads', 0],
    ['engine.threads', 1.5],
    ['engine.threads', '2'],
    ['files.include', 'a/**'],
    ['files.exclude', [1]],
    ['numpy.arrayAxes', 'sideways'],
    ['files.maximumMegabytes', Infinity],
    ['encoder.maximumSteps', -1],
  ])('falls back where %s is %j', (name, value) => {
    expect(readSettings((asked) => (asked === name ? value : undefined))).toEqual(readSettings(() => undefined));
  });
});
