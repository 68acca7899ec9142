import { BlockList, isIP, isIPv4 } from "node:net";
import type { Allowed } from "./allowed";

// IANA's special-purpose registries (RFC 6890 and successors): nothing of the public internet lives there.
const INSIDE_V4 = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
];
// Of IPv6 only 2000::/3 is given out; within it these lead elsewhere: documentation, benchmarks, and tunnels that carry an IPv4 address.
const INSIDE_V6 = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"];

const inside = new BlockList();
for (const [subnets, family] of [
  [INSIDE_V4, "ipv4"],
  [INSIDE_V6, "ipv6"],
] as const)
  for (const subnet of subnets) {
    const [address = "", bits] = subnet.split("/");
    inside.addSubnet(address, Number(bits), family);
  }
const given = new BlockList();
given.addSubnet("2000::", 3, "ipv6");

/** Whether an address (no name) is one of the public internet. IPv4 written as IPv6 is judged as the IPv4 it is. */
export function isPublic(address: string): boolean {
  if (isIPv4(address)) return !inside.check(address, "ipv4");
  if (isIP(address) !== 6) return false;
  return given.check(address, "ipv6") && !inside.check(address, "ipv6");
}

/** Whether a call to a host may go to this address of it. */
export function mayReach(host: string, address: string, { hosts, networks }: Allowed): boolean {
  const family = isIP(address);
  if (family === 0) return false;
  if (hosts.has(host.toLowerCase()) || networks.check(address, family === 4 ? "ipv4" : "ipv6")) return true;
  return isPublic(address);
}

/** Whether it may go there without TLS: only where the operator said so. */
export function mayGoBare(host: string, { hosts, networks }: Allowed): boolean {
  const family = isIP(host);
  return hosts.has(host.toLowerCase()) || (family !== 0 && networks.check(host, family === 4 ? "ipv4" : "ipv6"));
}
