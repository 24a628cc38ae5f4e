import type { OverviewPlaces, OverviewPoints } from '../../src/protocol/overview';
import type { SequenceRef } from '../../src/protocol/sequences';
import { formatCount, printable, splitPath } from '../shared/format';
import { t } from '../shared/l10n';
import { keyOf } from '../shared/memory';

/** The sequences of an overview by their numbers in it, with the texts that people read of them. */
export class PointList {
  private numbers: ReadonlyMap<string, number> | null = null;

  constructor(readonly points: OverviewPoints) {}

  get length(): number {
    return this.points.number.length;
  }

  /** Whether there is a picture yet. */
  get hasPlaces(): boolean {
    return this.points.x.length === this.length && this.length > 0;
  }

  /** The same sequences in other places. */
  movedTo({ picture, x, y }: OverviewPlaces): PointList {
    const moved = new PointList({ ...this.points, picture, x, y });
    moved.numbers = this.numbers;
    return moved;
  }

  ref(i: number): SequenceRef {
    const { paths, files, number } = this.points;
    return { path: paths[files.of[i] ?? -1] ?? '', number: number[i] ?? 0 };
  }

  /** The number of a sequence, or `null` if it is none of these. */
  find(ref: SequenceRef): number | null {
    this.numbers ??= new Map(Array.from({ length: this.length }, (_, i) => [keyOf(this.ref(i)), i]));
    return this.numbers.get(keyOf(ref)) ?? null;
  }

  /** The name of its file, and which of the file's sequences it is. */
  name(i: number): string {
    const { name } = splitPath(this.file(i));
    const title = this.title(i);
    return title === '' ? name : `${name} · ${title}`;
  }

  /** Its file as it is shown. */
  file(i: number): string {
    const { files } = this.points;
    return printable(files.texts[files.of[i] ?? -1] ?? '');
  }

  folder(i: number): string {
    return splitPath(this.file(i)).folder.replace(/\/$/, '');
  }

  label(i: number): string | null {
    const { labels } = this.points;
    const label = labels.texts[labels.of[i] ?? -1];
    return label === undefined ? null : printable(label);
  }

  /** What is said of it when one comes to it by a key. */
  spoken(i: number): string {
    const label = this.label(i);
    const parts = [this.name(i), label === null ? t('without a label') : t('label {0}', label)];
    const folder = this.folder(i);
    if (folder !== '') parts.push(folder);
    return parts.join(', ');
  }

  private title(i: number): string {
    const { names, number, siblings } = this.points;
    const parts: string[] = [];
    const of = siblings[i] ?? 1;
    if (of > 1) parts.push(t('{0} of {1}', formatCount((number[i] ?? 0) + 1), formatCount(of)));
    const name = names.texts[names.of[i] ?? -1] ?? '';
    if (name !== '') parts.push(printable(name));
    return parts.join(' · ');
  }
}
