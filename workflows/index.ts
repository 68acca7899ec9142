export { broadcast } from "./broadcast";
export { caller } from "./caller";
export { job } from "./job";
export { journey } from "./journey";
export { named as default } from "./named";
export { segments } from "./segments";
export { sender } from "./sender";
export { upkeep } from "./upkeep";
