import { BlockList, isIP } from "node:net";
import { config } from "@/platform/config";

/** What of the inside webhooks may reach; by default nothing. */
export type Allowed = { hosts: ReadonlySet<string>; networks: BlockList };

/** Reads `WEBHOOK_ALLOW`: names, addresses and networks, by commas. What is none of these is a name that nothing has. */
export function readAllowed(text: string): Allowed {
  const hosts = new Set<string>();
  const networks = new BlockList();
  for (const entry of text.split(/[\s,]+/).filter(Boolean)) {
    const [address = "", bits] = entry.toLowerCase().split("/");
    const family = isIP(address);
    const prefix = bits === undefined ? (family === 4 ? 32 : 128) : Number(bits);
    if (family === 0) hosts.add(entry.toLowerCase());
    else if (Number.isInteger(prefix) && prefix >= 0 && prefix <= (family === 4 ? 32 : 128))
      networks.addSubnet(address, prefix, family === 4 ? "ipv4" : "ipv6");
  }
  return { hosts, networks };
}

let known: Allowed | undefined;
export function allowed(): Allowed {
  known ??= readAllowed(config().WEBHOOK_ALLOW);
  return known;
}
