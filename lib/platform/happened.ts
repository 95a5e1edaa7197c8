import { ConditionFailedError } from './table.ts';

/** Whether a write happened: not when its condition holds no more. @throws whatever else kept it from happening */
export async function happened(write: Promise<void>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionFailedError) return false;
    throw error;
  }
}
