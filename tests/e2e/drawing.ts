import type { Locator, Page } from "playwright-core";
import { until } from "../harness/until";

/** The designer's canvas and inspector as somebody uses them, with mouse and keyboard. */
export class Drawing {
  readonly inspector: Locator;
  constructor(readonly page: Page) {
    this.inspector = page.getByTestId("inspector");
  }

  /** Drags a step from the palette onto the "+" of a way; the new card's id. */
  drag(kind: string, onto: { node: string; port: string }): Promise<string> {
    return this.made(async () => {
      const plus = this.plus(onto);
      await this.rest(plus);
      const [from, to] = [await centre(this.page.getByTestId(`palette-${kind}`)), await centre(plus)];
      await this.page.mouse.move(from.x, from.y);
      await this.page.mouse.down();
      await this.page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 });
      await this.page.mouse.move(to.x, to.y, { steps: 4 });
      // The canvas may have moved meanwhile: what was just chosen is brought into view. Whoever drags sees that and follows.
      await this.rest(plus);
      const there = await centre(plus);
      await this.page.mouse.move(there.x, there.y);
      await this.page.mouse.up();
    });
  }

  /** Adds a step by the keyboard alone: the "+" has it, Enter opens the picker, some letters and Enter choose. */
  type(wanted: string, onto: { node: string; port: string }): Promise<string> {
    return this.made(async () => {
      await this.plus(onto).focus();
      await this.page.keyboard.press("Enter");
      await this.page.getByTestId("picker-search").waitFor();
      await this.page.keyboard.type(wanted);
      await this.page.keyboard.press("Enter");
    });
  }

  /** Puts a step behind a card by its key, into the line that leads on from there. */
  insert(wanted: string, behind: string): Promise<string> {
    return this.made(async () => {
      await this.page.locator(`.react-flow__node[data-id="${behind}"]`).focus();
      await this.page.keyboard.press("n");
      // What is typed before the picker has the keyboard is the card's.
      await this.page.locator('[data-testid="picker-search"]:focus-within').waitFor();
      await this.page.keyboard.type(wanted);
      await this.page.keyboard.press("Enter");
    });
  }

  /** Leads a way to a card that stands already, by dragging its "+" there. */
  async connect(from: { node: string; port: string }, to: string): Promise<void> {
    const plus = this.plus(from);
    await this.seeAll();
    await this.rest(plus);
    const [begin, end] = [await centre(plus), await centre(this.card(to))];
    await this.page.mouse.move(begin.x, begin.y);
    await this.page.mouse.down();
    await this.page.mouse.move((begin.x + end.x) / 2, (begin.y + end.y) / 2, { steps: 4 });
    await this.page.mouse.move(end.x, end.y, { steps: 4 });
    await this.page.mouse.up();
    await plus.waitFor({ state: "detached" });
  }

  card(id: string): Locator {
    return this.page.getByTestId(`node-${id}`);
  }

  /** Opens a card's inspector with a click. */
  async open(id: string): Promise<void> {
    await this.rest(this.card(id));
    await this.card(id).click({ position: { x: 60, y: 16 } });
    await this.inspector.waitFor();
  }

  /** Fits the whole drawing into the window, by its key. */
  async seeAll(): Promise<void> {
    await this.page.getByRole("button", { name: "Fit the drawing" }).last().click();
  }

  field(name: string): Locator {
    return this.inspector.locator(`[data-field="${name}"]`);
  }

  /** A new condition in the inspector's rule, chosen by typing; its row. */
  async condition(search: string, path: string): Promise<Locator> {
    await this.inspector.getByTestId("add-condition").click();
    const picker = this.page.getByTestId("field-picker");
    await picker.getByRole("combobox").fill(search);
    await picker.getByTestId(`field-${path}`).waitFor();
    await this.page.keyboard.press("Enter");
    return this.inspector.getByTestId(`rule-row-${path}`);
  }

  /** Waits until everything drawn is kept by the server. */
  async saved(): Promise<void> {
    await this.page.locator('[data-testid="sync"][data-state="saved"]').waitFor();
  }

  async ids(): Promise<string[]> {
    const ids = await this.page
      .locator(".react-flow__node")
      .evaluateAll((cards) => cards.map((card) => card.getAttribute("data-id") ?? ""));
    return ids.sort();
  }

  private plus({ node, port }: { node: string; port: string }): Locator {
    return this.page.getByTestId(`add-${node}-${port}`);
  }

  /** The id of the card that an action makes; its inspector is open then. */
  private async made(act: () => Promise<void>): Promise<string> {
    const before = new Set(await this.ids());
    await act();
    const id = await until(async () => (await this.ids()).find((one) => !before.has(one)), { what: "the new card" });
    await this.inspector.locator("code", { hasText: id }).waitFor();
    return id;
  }

  /** A layout slides its cards, and a new one is brought into view: nothing is aimed at before it stands still. */
  async rest(what: Locator): Promise<void> {
    let was = "";
    await until(
      async () => {
        const now = JSON.stringify(await what.boundingBox());
        const isStill = now === was;
        was = now;
        return isStill;
      },
      { every: 120, what: "a drawing at rest" },
    );
    const box = await what.boundingBox();
    const frame = await this.page.getByTestId("canvas").boundingBox();
    const isSeen =
      box && frame && box.y > frame.y && box.y + box.height < frame.y + frame.height - 60 && box.x > frame.x + 216;
    if (isSeen) return;
    await this.seeAll();
    await what.waitFor();
  }
}

async function centre(what: Locator): Promise<{ x: number; y: number }> {
  const box = await what.boundingBox();
  if (!box) throw new Error(`not on the screen: ${what}`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
