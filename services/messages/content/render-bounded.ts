import {
  CaseTag,
  Context,
  defaultOperators,
  type Emitter,
  evalTokenValue,
  type FilterImplOptions,
  ForTag,
  Liquid,
  LiquidError,
  type LiquidOptions,
  type Operators,
  Parser,
  RenderError,
  TablerowTag,
  type Template,
  Tokenizer,
  TokenKind,
  type TopLevelToken,
  toValue,
} from "liquidjs";
import { ContentFailed } from "./content-failed";

/** Work that renderings share: what one message may cost, over all its texts. Liquid's own count of what its filters allocate goes to the same. */
export type Work = Context["memoryLimit"];

/**
 * What one message's words may cost. liquidjs bounds filters and ranges only, and time by a clock, which a busy machine spoils: so steps are
 * counted here, before they are done. A unit is about a tenth of a microsecond; a mail that names twenty amounts and ten dates takes some ten thousand.
 */
const UNITS = 200_000;
/** Characters of a template. */
const LONGEST = 250_000;
/** A step at its least, besides its own code, a unit a character: a block's with all that it encloses, for `elsif` and `when` are read each time. */
const STEP = 15;
/** What is only copied or compared. */
const PER_CHARACTER = 1 / 8;
/** A loop copies the list it walks. */
const LOOP = 60;
const COPIED = 1 / 50;
const ELEMENT = 5;
const OPERATOR = 4;
/** A date with its calendar, and each of its parts. */
const DATE = 400;
const DATE_PART = 100;
const OTHER_ZONE = 500;
const MONEY = 50;
/** One that a template names may be met the first time. */
const OTHER_MONEY = 500;
/** The ends of a range: far beyond it adding one would change nothing, and it would never be whole. */
const FARTHEST = 1e9;

/** Liquid of which one rendering does a bounded number of steps, counted, whatever the template and the values are. */
export function boundedLiquid(options: LiquidOptions): Liquid {
  const liquid = new Liquid({
    ...options,
    operators: pricedOperators(),
    memoryLimit: UNITS,
    ...(typeof options.outputEscape === "function" && { outputEscape: priced("escape", options.outputEscape) }),
  });
  liquid.renderer.renderTemplates = renderTemplates;
  // What would read another template, or take a text for code.
  for (const tag of ["include", "render", "layout", "block"]) delete liquid.tags[tag];
  for (const name of Object.keys(liquid.filters)) if (name.endsWith("_exp")) delete liquid.filters[name];
  for (const [name, tag] of Object.entries(liquid.tags)) liquid.registerTag(name, measured(tag));
  return liquid;
}

/** Counts what its filters cost; once all are registered. */
export function priceFilters(liquid: Liquid): void {
  for (const [name, filter] of Object.entries(liquid.filters)) liquid.registerFilter(name, priced(name, filter));
}

/** The work that one message may take. */
export const newWork = (liquid: Liquid): Work => new Context({}, liquid.options).memoryLimit;

/** A template, parsed; throws where it is too long, or a range could have no end. */
export function parseBounded(liquid: Liquid, template: string): Template[] {
  if (template.length > LONGEST) throw new ContentFailed("limit", `${template.length} characters, at most ${LONGEST}`);
  const { operators } = liquid.options;
  const tokens = new Tokenizer(template, operators).readTopLevelTokens(liquid.options);
  const whole = { code: 0 };
  for (const token of tokens) {
    places.set(token, { before: whole.code, whole });
    if (token.kind === TokenKind.HTML) continue;
    whole.code += token.end - token.begin;
    refuseOpenRange(token);
  }
  return new Parser(liquid).parseTokens(tokens);
}

/** How much code stands before a token, and in the whole template. */
const places = new WeakMap<object, { before: number; whole: { code: number } }>();

/** Fills a parsed template in at the expense of `work`. */
export const renderBounded = (
  liquid: Liquid,
  template: Template[],
  variables: object,
  globals: object,
  work: Work,
): string =>
  String(
    liquid.renderSync(
      template,
      new Context(variables, liquid.options, { sync: true, globals }, { memoryLimit: work, liquid }),
    ),
  );

/** What liquidjs does with the steps of a block, and counts none of. */
function* renderTemplates(
  templates: Template[],
  ctx: Context,
  emitter: Emitter = new Page(ctx),
): IterableIterator<unknown> {
  ctx.memoryLimit.use(STEP);
  for (const template of templates) {
    try {
      ctx.memoryLimit.use(STEP + priceOf(template));
      const html: unknown = yield template.render(ctx, emitter);
      if (html) emitter.write(html);
    } catch (error) {
      if (LiquidError.is(error)) throw error;
      throw new RenderError(error instanceof NotText ? error.at(template) : (error as Error), template);
    }
    if (ctx.breakCalled || ctx.continueCalled) break;
  }
  return emitter.buffer;
}

/** Takes what is written, after it was counted. */
class Page implements Emitter {
  buffer = "";

  constructor(private readonly ctx: Context) {}

  write(value: unknown): void {
    if (typeof value !== "string") weigh(value, this.ctx.memoryLimit);
    if (holdsObject(value)) throw new NotText();
    const text = written(value);
    this.ctx.memoryLimit.use(text.length * PER_CHARACTER);
    this.buffer += text;
  }
}

/** Objects would be written as “[object Object]”, which must not reach anybody: what stands where one is written fails. */
class NotText extends Error {
  at = ({ token }: Template): ContentFailed =>
    new ContentFailed("not_text", `${token.getText().slice(0, 80)} is an object or a list of objects`);
}

/** Of a value that was weighed. */
const holdsObject = (value: unknown): boolean => (Array.isArray(value) ? value.some(holdsObject) : isPlain(value));

function written(value: unknown): string {
  const plain: unknown = toValue(value);
  if (Array.isArray(plain)) return plain.map(written).join("");
  return String(plain ?? "");
}

/** What a step's source costs: a tag's by its code, a text by what is copied. */
const priceOf = (template: Template): number =>
  codes.get(template) ??
  (template.token.end - template.token.begin) * (template.token.kind === TokenKind.HTML ? PER_CHARACTER : 1);
/** The code of each tag with all that it encloses, in characters. */
const codes = new WeakMap<object, number>();

type TagClass = Liquid["tags"][string];
type FilterHandler = Extract<FilterImplOptions, (...given: never[]) => unknown>;

/** A tag that knows how much code it encloses, and that looks at what it will walk or compare before it does. */
const measured = (known: TagClass): TagClass =>
  new Proxy(known, {
    construct(Known, [token, rest, liquid, parser]: ConstructorParameters<TagClass>) {
      const tag = new Known(token, rest, liquid, parser);
      const place = places.get(token);
      if (place) codes.set(tag, (places.get(rest[0] ?? {})?.before ?? place.whole.code) - place.before);
      const render = tag.render.bind(tag);
      tag.render = function* (ctx, emitter): Generator<unknown, unknown, unknown> {
        if (tag instanceof ForTag || tag instanceof TablerowTag) yield* lookAhead(tag.collection, ctx);
        if (tag instanceof CaseTag) yield* weighCase(tag, ctx);
        return yield render(ctx, emitter);
      };
      return tag;
    },
  });

/** What is compared with each `when`, as often as there are. */
function* weighCase({ value, branches }: CaseTag, ctx: Context): Generator<unknown, void, unknown> {
  const target: unknown = yield value.value(ctx);
  for (const { values } of branches) for (const _ of values) weigh(target, ctx.memoryLimit, PER_CHARACTER);
}

/** A range is looked at before it is made; a list is counted before it is copied. */
function* lookAhead(collection: ForTag["collection"], ctx: Context): Generator<unknown, void, unknown> {
  ctx.memoryLimit.use(LOOP);
  if (collection.kind === TokenKind.Range && "lhs" in collection) {
    for (const end of [collection.lhs, collection.rhs])
      if (Math.abs(Number(yield evalTokenValue(end, ctx))) > FARTHEST) throw tooMuch();
    return;
  }
  const list = yield evalTokenValue(collection, ctx);
  if (Array.isArray(list)) ctx.memoryLimit.use(list.length * COPIED);
}

/** A range whose ends are not written down is for loops, which read them first. */
function refuseOpenRange(token: TopLevelToken): void {
  if (token.kind === TokenKind.HTML) return;
  const rest = token
    .getText()
    .replace(/^(\{%-?\s*(?:for|tablerow)\s+[\w-]+\s+in\s*)\([^()"']*\)/, "$1")
    .replace(/\(\s*-?\d{1,9}\s*\.\.\s*-?\d{1,9}\s*\)/g, "")
    .replace(/"[^"]*"|'[^']*'/g, "");
  if (rest.includes(".."))
    throw new ContentFailed("syntax", "range: outside of a loop its ends are numbers, like (1..10)");
}

const READS_A_PATH = new Set(["where", "reject", "group_by", "has", "find", "find_index"]);

function priced(name: string, filter: FilterImplOptions): FilterHandler {
  const handler = typeof filter === "function" ? filter : filter.handler;
  const isDate = name.startsWith("date");
  return function (value: unknown, ...args: unknown[]) {
    const work = this.context.memoryLimit;
    work.use(STEP);
    for (const one of [value, ...args]) weigh(one, work);
    if (name === "money") work.use(args.length > 0 ? OTHER_MONEY : MONEY);
    if (isDate) work.use(DATE + DATE_PART * String(args[0] ?? "%Y%m%d").split("%").length);
    if (isDate && args.length > 1) work.use(OTHER_ZONE);
    const told = args.reduce<number>((sum, one) => sum + (typeof one === "string" ? one.length : 0), 0);
    if (Array.isArray(value)) work.use(value.length * told);
    if (READS_A_PATH.has(name) && String(args[0]).includes("..")) throw tooMuch();
    const made: unknown = handler.call(this, value, ...args);
    if (typeof made === "string" && !WRITES_OBJECTS.has(name) && [value, ...args].some(holdsObject))
      throw new NotText();
    return made;
  };
}

/** Filters that have their own text for an object. */
const WRITES_OBJECTS = new Set(["json", "jsonify", "inspect"]);

function pricedOperators(): Operators {
  const entries = Object.entries(defaultOperators).map(([sign, does]): [string, Operators[string]] => [
    sign,
    // `not` takes one operand.
    (...given: [unknown, unknown, Context?]) => {
      const ctx = given.at(-1) as Context;
      ctx.memoryLimit.use(OPERATOR);
      for (const one of given.slice(0, -1)) weigh(one, ctx.memoryLimit, PER_CHARACTER);
      return (does as (...all: unknown[]) => ReturnType<typeof does>)(...given);
    },
  ]);
  return Object.fromEntries(entries);
}

/** Counts all that a value holds, as far as the work allows: lists may hold one another many times over. */
function weigh(value: unknown, work: Work, perCharacter = 1): void {
  if (typeof value === "string") work.use(value.length * perCharacter);
  else if (Array.isArray(value)) {
    work.use(value.length * ELEMENT);
    for (const one of value) weigh(one, work, perCharacter);
  } else if (isPlain(value))
    for (const one of Object.values(value)) {
      work.use(ELEMENT);
      weigh(one, work, perCharacter);
    }
}

function isPlain(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const proto: unknown = Object.getPrototypeOf(value);
  return proto === Object.prototype || proto === null;
}

const tooMuch = () => new ContentFailed("limit", "a range whose ends are too far");
