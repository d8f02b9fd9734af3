import type { BackendName, SkippedBackend } from './backends.js';

/** Names of renderers that draw on the processor. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render|microsoft basic|warp/i;

interface GpuAdapter {
  readonly isFallbackAdapter?: boolean;
  readonly info?: { readonly vendor?: string; readonly architecture?: string; readonly device?: string; readonly description?: string; readonly isFallbackAdapter?: boolean };
}

/** Finds the GPUs that are real: `navigator.gpu` alone says nothing, the adapter does, and one in software only loses time. */
export async function surveyGpus(): Promise<{ found: BackendName[]; skipped: SkippedBackend[] }> {
  const reasons = { webgpu: await judgeWebGpu(), webgl: judgeWebGl() } as const;
  const found: BackendName[] = [];
  const skipped: SkippedBackend[] = [];
  for (const backend of ['webgpu', 'webgl'] as const) {
    const reason = reasons[backend];
    if (reason) skipped.push({ backend, reason });
    else found.push(backend);
  }
  return { found, skipped };
}

async function judgeWebGpu(): Promise<SkippedBackend['reason'] | undefined> {
  const gpu = (navigator as { gpu?: { requestAdapter(options?: { powerPreference: string }): Promise<GpuAdapter | null> } }).gpu;
  try {
    const adapter = await gpu?.requestAdapter({ powerPreference: 'high-performance' });
    if (!adapter) return 'absent';
    return adapter.isFallbackAdapter || adapter.info?.isFallbackAdapter || isSoftware(adapter.info) ? 'software' : undefined;
  } catch {
    return 'failed';
  }
}

function isSoftware(info: GpuAdapter['info']): boolean {
  return SOFTWARE.test([info?.vendor, info?.architecture, info?.device, info?.description].join(' '));
}

function judgeWebGl(): SkippedBackend['reason'] | undefined {
  if (typeof OffscreenCanvas === 'undefined') return 'absent';
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
  if (!gl) return 'absent';
  const names = gl.getExtension('WEBGL_debug_renderer_info');
  const renderer = String(gl.getParameter(names ? names.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return SOFTWARE.test(renderer) ? 'software' : undefined;
}
