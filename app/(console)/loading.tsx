import { PageSkeleton } from "../_ui/skeletons";

export default PageSkeleton;
