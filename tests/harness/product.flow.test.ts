import { expect, it } from "vitest";
import { database } from "./database";
import { product } from "./product";
import { until } from "./until";

const { url } = await database();
const { urls, kill } = await product(url, ["sandbox", "api", "worker"]);

it("runs the product's processes, and starts again the one that was killed", async () => {
  const answers = async () => (await fetch(`${urls.api}/docs`)).status < 500;
  expect(await answers()).toBe(true);
  kill("api");
  await until(async () => !(await answers().catch(() => false)), { what: "the API's end" });
  expect(await until(() => answers(), { deadline: 30_000, what: "the API's return" })).toBe(true);
});
