import type { Browser, BrowserContextOptions } from "playwright-core";
import { database } from "../harness/database";
import { product } from "../harness/product";
import { type Shop, shop } from "../harness/shop";
import { Program } from "./program";
import { owner, type Visitor } from "./visitor";

/** Where most tests of the console begin: a shop whose owner sits before it, and a program of theirs. */
type Desk = Visitor & {
  tea: Shop;
  program: Program;
  urls: Awaited<ReturnType<typeof product>>["urls"];
  password: string;
};

/**
 * The product's processes over a database of this file, and a shop's owner signed in.
 *
 * @param roles - what runs; without a worker nobody conducts, and what is asked for stands as it was asked
 */
export async function desk(
  chrome: Browser,
  { roles = ["api", "console"], ...window }: BrowserContextOptions & { roles?: Parameters<typeof product>[1] } = {},
): Promise<Desk> {
  const { url } = await database();
  const { urls } = await product(url, roles);
  const tea = await shop();
  return { ...(await owner(chrome, urls.console, tea, window)), tea, program: new Program(urls.api, tea), urls };
}
