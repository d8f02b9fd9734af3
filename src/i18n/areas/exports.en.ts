import { enPlural } from '../plural.js';

export const exports = {
  title: 'Take it out of the lab',
  lead: 'A model with its preprocessing as files that other programs run, with the same answers. The run, commit, data and figures travel with it.',
  version: 'Version',
  versionOption: (name: string, version: string, model: string) => `${name} version ${version} (${model})`,
  format: 'Format',
  formats: { onnx: 'ONNX', tfjs: 'TensorFlow.js', mlflow: 'MLflow model', json: 'JSON and JavaScript' } as Record<string, string>,
  formatText: {
    onnx: 'One file for Python, C#, Java, JavaScript and more. Raw values go in, since filling, encoding and scaling are inside the graph.',
    tfjs: 'A net for web pages, with a script that prepares its inputs.',
    mlflow: 'A folder that MLflow loads and serves, with signature and environments. Its model is ONNX.',
    json: 'What was learned, to be read by anyone, and JavaScript of a few lines that needs no package.',
  } as Record<string, string>,
  netsOnly: 'TensorFlow.js (nets only)',
  act: (name: string, version: string, format: string) => `Export ${name} version ${version} as ${format}`,
  made: 'Exported',
  filesAndSize: (n: number, size: string) => `${enPlural(n, { one: '# file', other: '# files' })}, ${size}`,
  size: 'Size',
  file: 'File',
  filesOf: (folder: string) => `Files of ${folder}`,
  download: 'Download zip',
  downloadOf: (folder: string) => `Download zip: ${folder}`,
  downloaded: (name: string, size: string) => `${name} is on its way to your downloads (${size}). README.md in it says how to run it.`,
};
