#!/bin/sh
# Checks the evidence in this folder with a POSIX shell, openssl and, for what was compressed, gzip: one line each, exit 0
# only when nothing is wrong.
# Whose certificates signer.pem and hub.pem are is for you to know: compare their fingerprints with what you were given.
cd "$(dirname "$0")" || exit 2
faults=0

say() {
    printf '%-5s %s\n' "$1" "$2"
    case $1 in FAULT) faults=$((faults + 1)) ;; esac
}

check() {
    what=$1
    shift
    if "$@" >/dev/null 2>&1; then say ok "$what"; else say FAULT "$what"; fi
}

fact() { sed -n "s/^$1=//p" facts.txt; }

sha256() { openssl dgst -sha256 -r "$1" | cut -d ' ' -f 1; }

same_digest() { [ -f "$2" ] && [ "$(sha256 "$2")" = "$1" ]; }

listed() { grep -q "^[0-9a-f]\{64\}  $1\$" SHA256SUMS; }

proved() { grep -q "\"payloadDigest\":\"$(sha256 "$1")\"" proof.json; }

signed_by() { openssl cms -verify -binary -inform DER -in "$1" -content "$2" -certfile "$3" -nointern -noverify -out /dev/null; }

around_payload() {
    at=$(fact payload-at)
    {
        dd if=signed-content-frame.bin bs=1 count="$at"
        cat payload.edi
        tail -c "+$((at + 1))" signed-content-frame.bin
    } 2>/dev/null | cmp -s - signed-content.bin
}

piece() { # FACT FILE: the bytes that start at FACT-at
    tail -c "+$(($(fact "$1-at") + 1))" "$2" | head -c "$(fact "$1-length")"
}

decoded() { # ENCODING
    case $1 in
        base64) { tr -d '\r\n\t ' | fold -w 64; echo; } | openssl base64 -d ;;
        quoted-printable) quoted_printable ;;
        *) cat ;;
    esac
}

# A soft line break at the very end keeps the last line end what it was.
quoted_printable() {
    printf '%b' "$({ cat; printf '='; } | LC_ALL=C awk '
        BEGIN {
            for (i = 0; i < 256; i++) byte[sprintf("%02X", i)] = sprintf("\\0%03o", i)
        }
        {
            end = sub(/\r$/, "") ? "\\0015\\0012" : "\\0012"
            sub(/[ \t]+$/, "")
            if (sub(/=$/, "")) end = ""
            text = $0
            while (match(text, /[\\=]/)) {
                printf "%s", substr(text, 1, RSTART - 1)
                if (substr(text, RSTART, 1) == "=") {
                    printf "%s", byte[toupper(substr(text, RSTART + 1, 2))]
                    text = substr(text, RSTART + 3)
                } else {
                    printf "%s", "\\0134"
                    text = substr(text, RSTART + 1)
                }
            }
            printf "%s%s", text, end
        }')"
}

# CMS CompressedData (RFC 3274): its octet strings are the zlib stream. Few openssl are built with zlib, so gzip expands
# it, told that it is its own; the check value at the end is another one, so whether it is right shows in what comes out.
expanded() {
    openssl asn1parse -inform DER -in "$1" | sed -n 's/^ *\([0-9]*\):d=[0-9]* *hl=\([0-9]*\) *l= *\([0-9]*\) prim: *OCTET STRING.*/\1 \2 \3/p' |
        while read -r at head length; do
            tail -c "+$((at + head + 1))" "$1" | head -c "$length"
        done >"$work/zlib"
    {
        printf '\037\213\010\000\000\000\000\000\000\003'
        tail -c +3 "$work/zlib"
        printf '\000\000\000\000\000\000\000\000'
    } | gzip -dc
}

encoded_payload() {
    entity=signed-content.bin
    if [ -n "$(fact compressed-at)" ]; then
        piece compressed signed-content.bin | decoded "$(fact compressed-encoding)" >"$work/compressed.der"
        expanded "$work/compressed.der" >"$work/entity"
        entity=$work/entity
    fi
    piece document "$entity" | decoded "$(fact document-encoding)" | cmp -s - payload.edi
}

inside_the_mdn() {
    dd if=mdn-body.bin bs=1 skip="$(fact mdn-at)" count="$(fact mdn-length)" 2>/dev/null | cmp -s - mdn-signed-content.bin
}

said_mic() { tr -d '\r' <"$(fact mdn-report)" | sed -n 's/^Received-Content-MIC: *\([^,]*\),.*/\1/p'; }

right_mic() {
    [ "$(openssl dgst "-$(fact mic-digest)" -binary signed-content.bin | openssl base64 -A)" = "$(said_mic)" ]
}

says_processed() { tr -d '\r' <"$(fact mdn-report)" | grep -q '^Disposition: .*; processed$'; }

command -v openssl >/dev/null || { say FAULT "openssl is not here"; exit 2; }
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

while read -r digest file; do
    check "SHA-256 of $file" same_digest "$digest" "$file"
done <SHA256SUMS
for file in $(find . -type f | sed 's#^\./##'); do
    [ "$file" = SHA256SUMS ] || listed "$file" || say FAULT "$file is not in SHA256SUMS"
done
for file in payload.edi wire-body.bin signature.p7s signed-content-frame.bin mdn-body.bin; do
    [ ! -f "$file" ] || check "$file is the payload of an entry in proof.json" proved "$file"
done

if [ "$(fact signature)" = kept ]; then
    check "the partner's signature over signed-content.bin, by signer.pem" \
        signed_by signature.p7s signed-content.bin signer.pem
    case $(fact payload) in
        within) check "payload.edi is inside the signed content" around_payload ;;
        encoded)
            shape="in $(fact document-encoding)"
            [ -z "$(fact compressed-at)" ] || shape="$shape, compressed"
            if [ -z "$(fact compressed-at)" ] || command -v gzip >/dev/null; then
                check "payload.edi is inside the signed content, $shape" encoded_payload
            else
                say note "payload.edi is inside the signed content, compressed; gzip is not here, so the two were not compared"
            fi
            ;;
    esac
else
    say note "the message was not signed, or what was signed was not kept yet when it came"
fi

case $(fact mdn) in
    signed)
        check "the signed part of the MDN is in mdn-body.bin" inside_the_mdn
        check "the MDN's signature, by hub.pem" signed_by mdn-signature.p7s mdn-signed-content.bin hub.pem
        ;;
    unsigned) say note "an MDN without a signature was asked for" ;;
    *) say note "no MDN was asked for" ;;
esac
if [ -f mdn-body.bin ]; then
    check "the MDN says processed" says_processed
    if [ "$(fact signature)" = kept ]; then
        check "the MIC in the MDN is that of the signed content" right_mic
    fi
fi

echo "$faults faults"
[ "$faults" -eq 0 ]
