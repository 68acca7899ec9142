export { job } from "./job";
export { journey } from "./journey";
export { sender } from "./sender";
export { upkeep } from "./upkeep";
