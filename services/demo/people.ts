import { Chance } from "./chance";
import { type DemoStore, STORES } from "./places";

/**
 * Somebody who does not exist. example.com belongs to nobody (RFC 2606), but mainland China keeps no numbers free for invented people: such a number
 * may be somebody's, and is written to only in the sandbox, where all of a demo's messages go (decision 098).
 */
export type Person = {
  number: number;
  userId: string;
  name: string;
  phone: string;
  email: string;
  locale: "zh-CN" | "en";
  gender: "female" | "male";
  /** YYYY-MM-DD */
  birthday: string;
  store: DemoStore;
  consents: { sms: boolean; email: boolean; push: boolean };
};

type Name = readonly [written: string, spelt: string];
const SURNAMES: readonly [Name, ...Name[]] = [
  ["王", "wang"],
  ["李", "li"],
  ["张", "zhang"],
  ["刘", "liu"],
  ["陈", "chen"],
  ["杨", "yang"],
  ["黄", "huang"],
  ["赵", "zhao"],
  ["吴", "wu"],
  ["周", "zhou"],
  ["徐", "xu"],
  ["孙", "sun"],
  ["马", "ma"],
  ["朱", "zhu"],
  ["胡", "hu"],
  ["郭", "guo"],
  ["何", "he"],
  ["林", "lin"],
  ["高", "gao"],
  ["罗", "luo"],
  ["郑", "zheng"],
  ["梁", "liang"],
  ["谢", "xie"],
  ["宋", "song"],
  ["唐", "tang"],
  ["许", "xu"],
  ["韩", "han"],
  ["冯", "feng"],
  ["沈", "shen"],
  ["曹", "cao"],
];
const GIVEN: Record<Person["gender"], readonly [Name, ...Name[]]> = {
  female: [
    ["欣怡", "xinyi"],
    ["雨桐", "yutong"],
    ["思涵", "sihan"],
    ["梦琪", "mengqi"],
    ["佳琪", "jiaqi"],
    ["静", "jing"],
    ["丽", "li"],
    ["晓燕", "xiaoyan"],
    ["婷", "ting"],
    ["雪", "xue"],
    ["诗涵", "shihan"],
    ["美玲", "meiling"],
    ["慧", "hui"],
    ["嘉怡", "jiayi"],
    ["若曦", "ruoxi"],
    ["敏", "min"],
    ["芳", "fang"],
    ["娜", "na"],
    ["语嫣", "yuyan"],
    ["可欣", "kexin"],
  ],
  male: [
    ["伟", "wei"],
    ["浩然", "haoran"],
    ["子轩", "zixuan"],
    ["宇航", "yuhang"],
    ["俊杰", "junjie"],
    ["明", "ming"],
    ["强", "qiang"],
    ["建国", "jianguo"],
    ["志强", "zhiqiang"],
    ["磊", "lei"],
    ["博文", "bowen"],
    ["天宇", "tianyu"],
    ["嘉豪", "jiahao"],
    ["一鸣", "yiming"],
    ["晨", "chen"],
    ["鹏", "peng"],
    ["凯", "kai"],
    ["家辉", "jiahui"],
    ["思远", "siyuan"],
    ["睿", "rui"],
  ],
};
const FIRST: Record<Person["gender"], readonly [string, ...string[]]> = {
  female: ["Emma", "Olivia", "Sophie", "Hannah", "Clara", "Nora", "Julia", "Amelia", "Grace", "Lena"],
  male: ["James", "Oliver", "Daniel", "Lucas", "Henry", "Marco", "Felix", "Thomas", "Adam", "Leo"],
};
const LAST: readonly [string, ...string[]] = [
  "Smith",
  "Miller",
  "Garcia",
  "Martin",
  "Novak",
  "Rossi",
  "Weber",
  "Tanaka",
  "Silva",
  "Jensen",
  "Clark",
  "Dubois",
  "Kumar",
  "Larsen",
  "Moore",
];

/** The nth member of the demo. */
export function personOf(seed: string, number: number): Person {
  const chance = new Chance(`${seed}/person/${number}`);
  const gender = chance.is(0.58) ? "female" : "male";
  const isForeign = chance.is(0.08);
  const [name, spelt] = isForeign ? foreignName(chance, gender) : chineseName(chance, gender);
  const agrees = chance.is(0.86);
  return {
    number,
    userId: `gl-${String(number).padStart(6, "0")}`,
    name,
    phone: phoneOf(number),
    email: `${spelt}.${number}@example.com`,
    locale: isForeign ? "en" : "zh-CN",
    gender,
    birthday: `${chance.int(1958, 2006)}-${two(chance.int(1, 12))}-${two(chance.int(1, 28))}`,
    store: chance.weighted(STORES),
    consents: { sms: agrees && chance.is(0.94), email: agrees && chance.is(0.88), push: agrees && chance.is(0.5) },
  };
}

/** 138 0000 xxxx, and when these are used up the same of other ranges. */
const phoneOf = (number: number): string =>
  `+8613${8 - (Math.floor(number / 10_000) % 9)}0000${String(number % 10_000).padStart(4, "0")}`;

function chineseName(chance: Chance, gender: Person["gender"]): [string, string] {
  const [surname, surnameSpelt] = chance.pick(SURNAMES);
  const [given, givenSpelt] = chance.pick(GIVEN[gender]);
  return [surname + given, `${givenSpelt}.${surnameSpelt}`];
}

function foreignName(chance: Chance, gender: Person["gender"]): [string, string] {
  const [first, last] = [chance.pick(FIRST[gender]), chance.pick(LAST)];
  return [`${first} ${last}`, `${first}.${last}`.toLowerCase()];
}

const two = (n: number): string => String(n).padStart(2, "0");
