export { broadcast } from "./broadcast";
export { job } from "./job";
export { journey } from "./journey";
export { segments } from "./segments";
export { sender } from "./sender";
export { upkeep } from "./upkeep";
