import { domainToASCII } from "node:url";

/** An address as the wire takes it: its domain in ASCII. */
export function wired(address: string): string {
  if (/^[ -~]*$/.test(address)) return address;
  const at = address.lastIndexOf("@");
  return `${address.slice(0, at)}@${domainToASCII(address.slice(at + 1)) || address.slice(at + 1)}`;
}
