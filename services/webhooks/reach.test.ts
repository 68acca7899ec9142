import { describe, expect, it } from "vitest";
import { readAllowed } from "./allowed";
import { barredAsDrawn } from "./may-draw";
import { isPublic, mayGoBare, mayReach } from "./reach";

const INSIDE = [
  "0.0.0.0",
  "10.1.2.3",
  "100.64.0.1",
  "127.0.0.1",
  "127.255.255.254",
  "169.254.169.254",
  "172.16.0.1",
  "172.31.255.255",
  "192.168.1.1",
  "192.0.0.8",
  "198.18.0.1",
  "224.0.0.1",
  "255.255.255.255",
  "::",
  "::1",
  "fe80::1",
  "fc00::1",
  "fd12:3456::1",
  "fec0::1",
  "ff02::1",
  "::ffff:127.0.0.1",
  "::ffff:169.254.169.254",
  "::127.0.0.1",
  "64:ff9b::7f00:1",
  "64:ff9b::a9fe:a9fe",
  "2002:7f00:1::",
  "2001::1",
  "2001:db8::1",
  "fd00:ec2::254",
  "not an address",
  "",
];
const OUTSIDE = ["1.1.1.1", "8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700:4700::1111", "2a00:1450:4001:81b::200e"];
const NOTHING = readAllowed("");

describe("what webhooks may reach", () => {
  it.each(INSIDE)("keeps %s out of reach", (address) => {
    expect(isPublic(address)).toBe(false);
    expect(mayReach("hook.example.com", address, NOTHING)).toBe(false);
  });
  it.each(OUTSIDE)("reaches %s, with TLS only", (address) => {
    expect(mayReach("hook.example.com", address, NOTHING)).toBe(true);
    expect(mayGoBare("hook.example.com", NOTHING)).toBe(false);
  });

  it("opens what the operator names, and nothing beside it", () => {
    const some = readAllowed("crm.internal, 10.1.0.0/16 fd00::/8,127.0.0.1, 300.1.1.1/8, 10.0.0.0/99");
    expect(mayReach("crm.internal", "192.168.7.7", some)).toBe(true);
    expect(mayReach("CRM.internal", "192.168.7.7", some)).toBe(true);
    expect(mayReach("evil.crm.internal", "192.168.7.7", some)).toBe(false);
    expect(mayReach("x", "10.1.9.9", some)).toBe(true);
    expect(mayReach("x", "10.2.0.1", some)).toBe(false);
    expect(mayReach("x", "fd12::1", some)).toBe(true);
    expect(mayReach("x", "127.0.0.2", some)).toBe(false);
    expect([mayGoBare("crm.internal", some), mayGoBare("127.0.0.1", some), mayGoBare("x.com", some)]).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe("an address as drawn", () => {
  const nothing = readAllowed("");
  const says = (url: string, reach = nothing) => barredAsDrawn(url, reach)?.en;

  it.each([
    "https://127.0.0.1/x",
    "https://2130706433/x",
    "https://[::ffff:127.0.0.1]/x",
    "https://localhost:8443/{{ member.id }}",
    "https://crm.localhost/x",
    "http://10.0.0.8/x",
    "https://169.254.169.254/latest",
  ])("inside a network is told while drawing: %s", (url) => {
    expect(says(url)).toMatch(/may not call: give the receiver's public https address/);
  });

  it("without TLS is told what would be right", () => {
    expect(says("http://crm.example.com/x")).toBe("Webhooks are sent by https only: begin the address with https://.");
  });

  it("that the operator allows, of the public internet, or that is none, is not told", () => {
    for (const url of [
      "https://crm.example.com/{{ entry.order_id }}",
      "https://93.184.216.34/x",
      "https://my-localhost.com/",
      "crm",
    ])
      expect(says(url)).toBeUndefined();
    for (const url of ["http://127.0.0.1:9000/x", "https://localhost/x", "http://localhost/x"])
      expect(says(url, readAllowed("127.0.0.1, localhost"))).toBeUndefined();
  });
});
