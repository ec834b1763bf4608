// The licences of the packages a bundle contains. Knows the layout of node_modules, nothing of the program.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * One text with each package's name, version and licence.
 *
 * @param {string[]} files paths of the files that went into the bundle
 */
export function licenses(files) {
  const folders = files.flatMap(
    (file) => file.match(/^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/) ?? [],
  );
  return [...new Set(folders)].sort().map(license).join('\n\n');
}

/** @param {string} folder */
function license(folder) {
  const { name, version, license: id } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file === undefined ? '' : `\n\n${readFileSync(join(folder, file), 'utf8').trim()}`;
  return `${name} ${version} (${id})${text}`;
}
