import { type Bench, faster } from "./bench";
import { PerMember } from "./per-member/baseline";
import { campaign, check, goldMembers } from "./rig/campaign";
import { conductingWorker, engineBurst } from "./rig/engine-burst";
import { Installation } from "./rig/installation";

/** (a) A burst of members through condition + coupon + send to their wait, against one workflow per member doing the same work. */
export const burst: Bench = {
  name: "burst",
  about: "100,000 members through condition + coupon + send, against one workflow per member",
  run: (options) =>
    Installation.use(options, async (here) => {
      const { isSmall, say } = options;
      const perMember = await PerMember.start(here);
      const baseline = await perMember.burst(isSmall ? 20 : 300);
      await perMember.stop();
      say(`one workflow per member: ${baseline.toFixed(1)} members/s`);
      const of = await campaign();
      const warmUp = await goldMembers(of.shop, 1000);
      const count = isSmall ? 2000 : 100_000;
      const members = await goldMembers(of.shop, count);
      const worker = await conductingWorker(here);
      await engineBurst(of, warmUp);
      const value = await engineBurst(of, members);
      say(`the engine: ${value.toFixed(0)} members/s`);
      await check(of, count + warmUp.length);
      await worker.stop();
      return [faster("burst", "members/s", value, baseline, 500)];
    }),
};
