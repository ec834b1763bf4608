/**
 * What a shell needs to complete `llmsim`: each script asks `llmsim complete SHELL -- WORD…` and completes file names
 * where nothing comes back. Knows no command.
 */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

export const scripts: Readonly<Record<Shell, string>> = {
  bash: String.raw`_llmsim() {
  local IFS=$'\n'
  COMPREPLY=($(llmsim complete bash -- "${'$'}{COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -F _llmsim llmsim
`,
  zsh: `#compdef llmsim
_llmsim() {
  local answer="$(llmsim complete zsh -- "\${(@)words[2,CURRENT]}" 2>/dev/null)"
  local -a candidates=("\${(@f)answer}")
  if [[ -n "$answer" ]]; then _describe llmsim candidates; else _files; fi
}
if [[ "$funcstack[1]" == _llmsim ]]; then _llmsim "$@"; else compdef _llmsim llmsim; fi
`,
  fish: String.raw`function __llmsim_complete
  set -l words (commandline -opc)
  set -l answer (llmsim complete fish -- $words[2..] (commandline -ct) 2>/dev/null)
  if test (count $answer) -gt 0
    printf '%s\n' $answer
  else
    __fish_complete_path (commandline -ct)
  end
end
complete -c llmsim -f -a '(__llmsim_complete)'
`,
};
