import { EXPORT_FORMATS, type ExportFormat } from '../../core/package/model-export.js';

/** The formats in their order, and whether a kind of model fits into each: TensorFlow.js takes nets alone. */
export const formatsOf = (kind: string): { name: ExportFormat; fits: boolean }[] => EXPORT_FORMATS.map((name) => ({ name, fits: name !== 'tfjs' || kind === 'dense-net' || kind === 'coded-net' }));
