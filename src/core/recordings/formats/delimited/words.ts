const mostWords = 4096;

/** The different texts of a column, each with its place. Beyond some thousand a column is no label and none are kept. */
export class Words {
  private readonly places = new Map<string, number>();
  private before = '';
  private placeBefore = NaN;
  private tooMany = false;

  /** Whether there are too many to keep, so that the others need not be looked at. */
  get isFull(): boolean {
    return this.tooMany;
  }

  /** The place of a text, NaN for an empty one and once there are too many. */
  place(text: string): number {
    if (this.tooMany) return NaN;
    if (text === this.before) return this.placeBefore;
    const word = text.trim();
    if (word === '') return NaN;
    let place = this.places.get(word);
    if (place === undefined) {
      place = this.places.size;
      this.tooMany = place >= mostWords;
      this.places.set(word.slice(0, 200), place);
    }
    this.before = text;
    this.placeBefore = place;
    return place;
  }

  /** In the order of their places; empty if there were too many. */
  list(): string[] {
    return this.tooMany ? [] : [...this.places.keys()];
  }
}
