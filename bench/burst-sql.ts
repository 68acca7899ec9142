import { type Bench, faster } from "./bench";
import { bareBurst, weights } from "./rig/bare-burst";
import { campaign, check, goldMembers } from "./rig/campaign";
import { conductingWorker, engineBurst } from "./rig/engine-burst";
import { Installation } from "./rig/installation";
import { median } from "./rig/quantile";
import { spent } from "./rig/spent";

const ROUNDS = 4;

/** (b) The same burst against bare set-based SQL that writes the same rows; taken in turns, so that the machine's moods meet both. */
export const burstSql: Bench = {
  name: "burst-sql",
  about: "the same burst, against bare set-based SQL writing the same rows",
  run: (options) =>
    Installation.use(options, async (here) => {
      const count = options.isSmall ? 1000 : 25_000;
      const ours = await campaign();
      const bare = await campaign();
      const worker = await conductingWorker(here);
      const rates = { engine: [] as number[], sql: [] as number[] };
      for (let round = 0; round <= ROUNDS; round++) {
        const [first, second] = [await goldMembers(ours.shop, count), await goldMembers(bare.shop, count)];
        const before = here.cpu();
        const engine = await engineBurst(ours, first);
        const between = here.cpu();
        const sql = await bareBurst(bare, second);
        options.say(
          `processor time a member: engine ${spent(before, between, count)}; SQL ${spent(between, here.cpu(), count)}`,
        );
        options.say(`engine ${engine.toFixed(0)}, SQL ${sql.toFixed(0)} members/s${round === 0 ? " (warm-up)" : ""}`);
        if (round === 0) continue;
        rates.engine.push(engine);
        rates.sql.push(sql);
      }
      await check(ours, count * (ROUNDS + 1));
      await check(bare, count * (ROUNDS + 1));
      options.say(
        `bytes a row: engine ${JSON.stringify(await weights(ours))}, SQL ${JSON.stringify(await weights(bare))}`,
      );
      await worker.stop();
      return [faster("burst against SQL", "members/s", median(rates.engine), median(rates.sql), 0.5)];
    }),
};
