import { isUtf8Of, readUtf8, writeUtf8 } from './utf8.js';

/** Pages grow to this size, so that a few texts take little. */
const PAGE_BYTES = 1 << 20;
const FIRST_PAGE_BYTES = 1 << 10;
/** Longer texts have a page each. */
const LONG_BYTES = PAGE_BYTES / 8;

/** Before each text its number and its length, 4 bytes each; texts begin at a multiple of 4. */
const HEADER_BYTES = 8;

interface Page {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The same bytes, by four. */
  readonly words: Int32Array;
  end: number;
  /** Bytes of what was not removed. */
  live: number;
}

const newPage = (size: number): Page => {
  const bytes = new Uint8Array(size);
  return { bytes, words: new Int32Array(bytes.buffer), end: 0, live: 0 };
};

const aligned = (bytes: number) => (bytes + 3) & ~3;

/**
 * Texts that come and go, in memory of their own: about 16 bytes each beside their UTF-8. A page of which less than half
 * is left is given up, and what is left of it moves.
 */
export class Texts {
  readonly #pages: (Page | undefined)[] = [];
  readonly #freePages: number[] = [];
  /** Of each text where it stands: its page times `PAGE_BYTES`, and its place there. */
  #places = new Float64Array(16);
  readonly #freeNumbers: number[] = [];
  #numbers = 0;
  /** The page that texts are added to. */
  #current = this.#open(FIRST_PAGE_BYTES);

  /** Keeps a well-formed text; gives the number that it goes by, one that was removed or the next. */
  add(text: string): number {
    const number = this.#freeNumbers.pop() ?? this.#numbers++;
    if (number === this.#places.length) {
      const larger = new Float64Array(2 * number);
      larger.set(this.#places);
      this.#places = larger;
    }
    const most = HEADER_BYTES + aligned(3 * text.length);
    const index = most > LONG_BYTES ? this.#open(most) : this.#pageFor(most);
    const { bytes, end } = this.#pages[index]!;
    this.#note(number, index, writeUtf8(text, bytes, end + HEADER_BYTES));
    return number;
  }

  get(number: number): string {
    const { bytes, start, end } = this.#find(number);
    return readUtf8(bytes, start, end);
  }

  isEqual(number: number, text: string): boolean {
    const { bytes, start, end } = this.#find(number);
    return isUtf8Of(bytes, start, end, text);
  }

  remove(number: number): void {
    const index = this.#pageOf(number);
    const page = this.#pages[index]!;
    const { start, end } = this.#find(number);
    page.live -= HEADER_BYTES + aligned(end - start);
    this.#places[number] = -1;
    this.#freeNumbers.push(number);
    if (index !== this.#current && 2 * page.live < page.end) this.#giveUp(index, page);
  }

  #pageOf(number: number): number {
    return Math.floor(this.#places[number]! / PAGE_BYTES);
  }

  #find(number: number): { bytes: Uint8Array<ArrayBuffer>; start: number; end: number } {
    const place = this.#places[number]!;
    const { bytes, words } = this.#pages[Math.floor(place / PAGE_BYTES)]!;
    const at = place % PAGE_BYTES;
    const start = at + HEADER_BYTES;
    return { bytes, start, end: start + words[at / 4 + 1]! };
  }

  /** A page with so much room. */
  #pageFor(bytes: number): number {
    const { bytes: room, end } = this.#pages[this.#current]!;
    if (end + bytes > room.length) {
      this.#current = this.#open(Math.max(bytes, Math.min(PAGE_BYTES, 2 * room.length)));
    }
    return this.#current;
  }

  #open(size: number): number {
    const index = this.#freePages.pop() ?? this.#pages.length;
    this.#pages[index] = newPage(size);
    return index;
  }

  /** What stands at the end of a page is a text of so many bytes. */
  #note(number: number, index: number, length: number): void {
    const page = this.#pages[index]!;
    const size = HEADER_BYTES + aligned(length);
    page.words[page.end / 4] = number;
    page.words[page.end / 4 + 1] = length;
    this.#places[number] = index * PAGE_BYTES + page.end;
    page.end += size;
    page.live += size;
  }

  #giveUp(index: number, { bytes, words, end }: Page): void {
    for (let at = 0; at < end;) {
      const [number, length] = [words[at / 4]!, words[at / 4 + 1]!];
      const size = HEADER_BYTES + aligned(length);
      if (this.#places[number] === index * PAGE_BYTES + at) {
        const to = this.#pageFor(size);
        const page = this.#pages[to]!;
        page.bytes.set(bytes.subarray(at, at + size), page.end);
        this.#note(number, to, length);
      }
      at += size;
    }
    this.#pages[index] = undefined;
    this.#freePages.push(index);
  }
}
