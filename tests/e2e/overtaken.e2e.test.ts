import { describe, expect, it } from "vitest";
import { call } from "@/services/access/use-case";
import { getOffer } from "@/services/offers/get";
import { updateOffer } from "@/services/offers/update";
import { listStores, updateStore } from "@/services/workspaces/stores";
import { browser } from "../harness/browser";
import { database } from "../harness/database";
import { value } from "../harness/lifecycle";
import { product } from "../harness/product";
import { shop } from "../harness/shop";
import { owner } from "./visitor";

const chrome = await browser();

describe.skipIf(!chrome)("two who change one thing", async () => {
  if (!chrome) return;
  const { url } = await database();
  const { urls } = await product(url, ["api", "console"]);
  const tea = await shop();
  const { page } = await owner(chrome, urls.console, tea);
  const form = page.getByRole("dialog");
  const save = () => form.getByRole("button", { name: "Save" }).click();
  const edit = async (list: "/offers" | "/stores", menu: RegExp) => {
    await page.goto(list);
    await page.getByRole("button", { name: menu }).click();
    await page.getByRole("menuitem", { name: "Edit" }).click();
    await form.waitFor();
  };

  it("keep what the other has changed elsewhere in an offer, and are told where both changed the same", async () => {
    const theirs = (changes: object) => call(updateOffer, tea.actor(), { offer: tea.offer, ...changes });
    const stored = async () => value(await call(getOffer, tea.actor(), { offer: tea.offer }));
    const stock = form.getByLabel("Stock");
    await edit("/offers", /: 20 off 100/);
    value(await theirs({ name: "Their name" }));
    await stock.fill("50");
    await save();
    await form.waitFor({ state: "detached" });
    expect(await stored()).toMatchObject({ name: "Their name", stock: 50 });

    await edit("/offers", /: Their name/);
    value(await theirs({ stock: 70, perMember: 3 }));
    await stock.fill("60");
    await save();
    await form.getByTestId("overtaken").waitFor();
    expect(await stored()).toMatchObject({ stock: 70 });
    await expect.poll(() => form.getByLabel("Per member").inputValue()).toBe("3");
    expect(await stock.inputValue()).toBe("60");
    await save();
    await form.waitFor({ state: "detached" });
    expect(await stored()).toMatchObject({ name: "Their name", stock: 60, perMember: 3 });
  });

  it("do so in a store too", async () => {
    const theirs = (changes: object) => call(updateStore, tea.actor(), { store: tea.store, ...changes });
    await edit("/stores", /Store 1/);
    value(await theirs({ address: "1 Their Street", mall: "Their mall" }));
    await form.getByLabel("Address").fill("2 My Street");
    await save();
    await form.getByTestId("overtaken").waitFor();
    await expect.poll(() => form.getByLabel("Mall").inputValue()).toBe("Their mall");
    await save();
    await form.waitFor({ state: "detached" });
    expect(value(await call(listStores, tea.actor(), {})).items).toMatchObject([
      { address: "2 My Street", mall: "Their mall" },
    ]);
    await page.context().close();
  });
});
