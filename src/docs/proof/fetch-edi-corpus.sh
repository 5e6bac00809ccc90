#!/usr/bin/env bash
# Gets the files that edi-corpus.tsv lists, from the commit it names, and checks their SHA-256.
# usage: fetch-edi-corpus.sh FOLDER      then: mvn -Dlonja.corpus=FOLDER -Dtest='Edi*Tests,StaediAgreementTests' test
set -euo pipefail
folder=${1:?usage: fetch-edi-corpus.sh FOLDER}
list=$(dirname "$0")/edi-corpus.tsv
while IFS=$'\t' read -r repository commit path sha256 _; do
  case $repository in \#*) continue ;; esac
  place=${repository/\//__}/$path
  file=$folder/${place// /_}
  if [ ! -f "$file" ]; then
    mkdir -p "$(dirname "$file")"
    curl --fail --silent --show-error --location --output "$file" \
      "https://raw.githubusercontent.com/$repository/$commit/${path// /%20}"
  fi
  echo "$sha256  $file" | sha256sum --check --quiet
done <"$list"
echo "$(grep -vc '^#' "$list") files in $folder"
