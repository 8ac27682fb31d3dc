#include "services/cli/completion_script.h"

#include <functional>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"

namespace troupe {
namespace {

using Kind = CompletionValues::Kind;
using Visit = std::function<void(const CompletionCommand&)>;

void ForEach(const CompletionCommand& command, const Visit& visit) {
  visit(command);
  for (const CompletionCommand& inner : command.commands) ForEach(inner, visit);
}

// Every path but the program's own, as alternatives of a shell's case.
std::string Paths(const CompletionCommand& tree) {
  std::vector<std::string> paths;
  ForEach(tree, [&](const CompletionCommand& command) {
    if (!command.path.empty()) paths.push_back(command.path);
  });
  return absl::StrJoin(paths, "|");
}

std::string OptionWords(const CompletionCommand& command) {
  return absl::StrJoin(command.options, " ", [](std::string* out, const CompletionOption& option) {
    absl::StrAppend(out, option.name);
  });
}

std::string PlainWords(const CompletionCommand& command) {
  std::vector<std::string> words = command.words;
  for (const CompletionCommand& inner : command.commands) words.push_back(inner.name());
  return absl::StrJoin(words, " ");
}

// The shell's text for the words that may be a value.
std::string ValueWords(const CompletionValues& values) {
  switch (values.kind) {
    case Kind::kRole: return "$(troupe roles --ids 2>/dev/null)";
    case Kind::kPlace: return "$(troupe places --ids 2>/dev/null)";
    default: return absl::StrJoin(values.words, " ");
  }
}

// The cases that tell, for a command and the option before the cursor, what to
// offer as its value; bash and zsh share them.
std::string ValueCases(const CompletionCommand& tree) {
  std::string cases;
  ForEach(tree, [&](const CompletionCommand& command) {
    for (const CompletionOption& option : command.options) {
      if (!option.takes_value) continue;
      absl::StrAppend(&cases, "    \"", command.path, ":", option.name, "\") ");
      if (option.values.kind == Kind::kFile || option.values.kind == Kind::kNothing) {
        absl::StrAppend(&cases, "kind=", option.values.kind == Kind::kFile ? "file" : "free");
      } else {
        absl::StrAppend(&cases, "kind=words; offer=\"", ValueWords(option.values), "\"");
      }
      absl::StrAppend(&cases, " ;;\n");
    }
  });
  return cases;
}

std::string WordCases(const CompletionCommand& tree) {
  std::string cases;
  ForEach(tree, [&](const CompletionCommand& command) {
    absl::StrAppend(&cases, "    \"", command.path, "\") flags=\"", OptionWords(command),
                    "\"; plain=\"", PlainWords(command), "\" ;;\n");
  });
  return cases;
}

std::string Filled(absl::string_view script, const CompletionCommand& tree) {
  return absl::StrReplaceAll(script, {{"@PATHS@", Paths(tree)},
                                      {"@VALUES@", ValueCases(tree)},
                                      {"@WORDS@", WordCases(tree)}});
}

constexpr char kBash[] = R"sh(# bash completion for troupe; load it with: source <(troupe completion bash)
_troupe() {
  local cur="${COMP_WORDS[COMP_CWORD]}" prev="${COMP_WORDS[COMP_CWORD - 1]}"
  local at="" kind="" offer="" flags="" plain="" i
  COMPREPLY=()
  if [[ "$cur" == "=" ]]; then
    cur=""
  elif [[ "$prev" == "=" ]]; then
    prev="${COMP_WORDS[COMP_CWORD - 2]}"
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$at/${COMP_WORDS[i]}" in
      @PATHS@) at="$at/${COMP_WORDS[i]}" ;;
    esac
  done
  case "$at:$prev" in
@VALUES@  esac
  case "$kind" in
    words) COMPREPLY=($(compgen -W "$offer" -- "$cur")); return ;;
    file) COMPREPLY=($(compgen -f -- "$cur")); return ;;
    free) return ;;
  esac
  case "$at" in
@WORDS@  esac
  if [[ "$cur" == -* ]]; then
    COMPREPLY=($(compgen -W "$flags" -- "$cur"))
  else
    COMPREPLY=($(compgen -W "$plain" -- "$cur"))
  fi
}
complete -o default -F _troupe troupe
)sh";

constexpr char kZsh[] = R"sh(#compdef troupe
# zsh completion for troupe; put it into a folder of $fpath as _troupe, or load
# it with: source <(troupe completion zsh)
_troupe() {
  local cur="${words[CURRENT]}" prev="${words[CURRENT-1]}"
  local at="" kind="" offer="" flags="" plain="" i
  if [[ "$cur" == --*=* ]]; then
    prev="${cur%%=*}"
    cur="${cur#*=}"
    compset -P '*='
  fi
  for ((i = 2; i < CURRENT; i++)); do
    case "$at/${words[i]}" in
      @PATHS@) at="$at/${words[i]}" ;;
    esac
  done
  case "$at:$prev" in
@VALUES@  esac
  case "$kind" in
    words) compadd -- ${=offer}; return ;;
    file) _files; return ;;
    free) return ;;
  esac
  case "$at" in
@WORDS@  esac
  if [[ "$cur" == -* ]]; then
    compadd -- ${=flags}
  elif [[ -n "$plain" ]]; then
    compadd -- ${=plain}
  else
    _files
  fi
}
if [[ "${funcstack[1]}" == "_troupe" ]]; then
  _troupe "$@"
else
  compdef _troupe troupe
fi
)sh";

std::string Quoted(absl::string_view text) {
  return absl::StrCat("'", absl::StrReplaceAll(text, {{"\\", "\\\\"}, {"'", "\\'"}}), "'");
}

// The condition that the command of `path` has been given.
std::string FishCondition(const std::string& path) {
  const std::vector<std::string> names = absl::StrSplit(path, '/', absl::SkipEmpty());
  if (names.empty()) return "__fish_use_subcommand";
  return absl::StrJoin(names, "; and ", [](std::string* out, const std::string& name) {
    absl::StrAppend(out, "__fish_seen_subcommand_from ", name);
  });
}

std::string FishOption(const CompletionOption& option) {
  std::string text = absl::StrCat(" -l ", option.name.substr(2));
  if (!option.takes_value) return text;
  switch (option.values.kind) {
    case Kind::kFile: return absl::StrCat(text, " -rF");
    case Kind::kNothing: return absl::StrCat(text, " -x");
    case Kind::kRole: return absl::StrCat(text, " -x -a '(troupe roles --ids)'");
    case Kind::kPlace: return absl::StrCat(text, " -x -a '(troupe places --ids)'");
    case Kind::kWords: return absl::StrCat(text, " -x -a ", Quoted(ValueWords(option.values)));
  }
  return text;
}

}  // namespace

std::string BashCompletion(const CompletionCommand& tree) { return Filled(kBash, tree); }

std::string ZshCompletion(const CompletionCommand& tree) { return Filled(kZsh, tree); }

std::string FishCompletion(const CompletionCommand& tree) {
  std::string script =
      "# fish completion for troupe; load it with: troupe completion fish | source\n";
  ForEach(tree, [&](const CompletionCommand& command) {
    const std::string start =
        absl::StrCat("complete -c troupe -n ", Quoted(FishCondition(command.path)));
    for (const CompletionCommand& inner : command.commands) {
      absl::StrAppend(&script, start, " -f -a ", inner.name(), " -d ", Quoted(inner.help), "\n");
    }
    if (!command.words.empty()) {
      absl::StrAppend(&script, start, " -f -a ", Quoted(absl::StrJoin(command.words, " ")), "\n");
    }
    for (const CompletionOption& option : command.options) {
      absl::StrAppend(&script, start, FishOption(option), " -d ", Quoted(option.help), "\n");
    }
  });
  return script;
}

}  // namespace troupe
