// A second verifier, in another language and over other people's code (golang.org/x/mod/sumdb/tlog and note), so that
// the first one is not its own judge. Two commands: "audit DIR VKEY [WITNESS-VKEY...]" and "proofs" (JSON lines in).
package main

import (
	"bufio"
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func main() {
	if len(os.Args) >= 4 && os.Args[1] == "audit" {
		if err := audit(os.Args[2], os.Args[3], os.Args[4:]); err != nil {
			fmt.Println("invalid:", err)
			os.Exit(2)
		}
		fmt.Println("valid")
		return
	}
	if len(os.Args) == 2 && os.Args[1] == "proofs" {
		proofs()
		return
	}
	fmt.Fprintln(os.Stderr, "usage: verifier audit DIR VKEY [WITNESS-VKEY...] | verifier proofs")
	os.Exit(1)
}

// cosigner checks c2sp.org/tlog-cosignature version 1 (type 0x04), which the note package does not know.
type cosigner struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func (c *cosigner) Name() string    { return c.name }
func (c *cosigner) KeyHash() uint32 { return c.hash }
func (c *cosigner) Verify(msg, sig []byte) bool {
	if len(sig) != 8+ed25519.SignatureSize {
		return false
	}
	head := fmt.Sprintf("cosignature/v1\ntime %d\n", binary.BigEndian.Uint64(sig))
	return ed25519.Verify(c.key, append([]byte(head), msg...), sig[8:])
}

func newCosigner(vkey string) (*cosigner, error) {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		return nil, fmt.Errorf("not a vkey: %s", vkey)
	}
	raw, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(raw) != 33 || raw[0] != 4 {
		return nil, fmt.Errorf("not a cosigner's vkey: %s", vkey)
	}
	sum := sha256.Sum256(append([]byte(parts[0]+"\n"), raw...))
	return &cosigner{parts[0], binary.BigEndian.Uint32(sum[:]), raw[1:]}, nil
}

func tilePath(kind string, n int64, width int) string {
	name := fmt.Sprintf("%03d", n%1000)
	for n >= 1000 {
		n /= 1000
		name = fmt.Sprintf("x%03d/%s", n%1000, name)
	}
	if width != 256 {
		name += fmt.Sprintf(".p/%d", width)
	}
	return filepath.Join("tile", kind, filepath.FromSlash(name))
}

// tiles reads hash tiles from a folder laid out by c2sp.org/tlog-tiles.
type tiles struct{ dir string }

func (t tiles) Height() int                     { return 8 }
func (t tiles) SaveTiles([]tlog.Tile, [][]byte) {}
func (t tiles) ReadTiles(want []tlog.Tile) ([][]byte, error) {
	var out [][]byte
	for _, tile := range want {
		data, err := os.ReadFile(filepath.Join(t.dir, tilePath(strconv.Itoa(tile.L), tile.N, tile.W)))
		if err != nil {
			return nil, err
		}
		if len(data) != tile.W*tlog.HashSize {
			return nil, fmt.Errorf("tile %d/%d has %d bytes", tile.L, tile.N, len(data))
		}
		out = append(out, data)
	}
	return out, nil
}

func audit(dir, vkey string, witnesses []string) error {
	log, err := note.NewVerifier(vkey)
	if err != nil {
		return err
	}
	known := []note.Verifier{log}
	for _, text := range witnesses {
		witness, err := newCosigner(text)
		if err != nil {
			return err
		}
		known = append(known, witness)
	}
	raw, err := os.ReadFile(filepath.Join(dir, "checkpoint"))
	if err != nil {
		return err
	}
	opened, err := note.Open(raw, note.VerifierList(known...))
	if err != nil {
		return err
	}
	if len(opened.Sigs) < len(known) {
		return fmt.Errorf("%d of %d signatures are missing", len(known)-len(opened.Sigs), len(known))
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 || lines[0] != log.Name() {
		return fmt.Errorf("not a checkpoint of %s", log.Name())
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return err
	}
	root, err := tlog.ParseHash(lines[2])
	if err != nil {
		return err
	}
	if size == 0 {
		return nil
	}

	// TileHashReader checks every tile it reads against the root; each bundle is then checked against its tile.
	reader := tlog.TileHashReader(tlog.Tree{N: size, Hash: root}, tiles{dir})
	for n := int64(0); n*256 < size; n++ {
		width := int(size - n*256)
		if width > 256 {
			width = 256
		}
		bundle, err := os.ReadFile(filepath.Join(dir, tilePath("entries", n, width)))
		if err != nil {
			return err
		}
		indexes := make([]int64, width)
		for i := range indexes {
			indexes[i] = tlog.StoredHashIndex(0, n*256+int64(i))
		}
		hashes, err := reader.ReadHashes(indexes)
		if err != nil {
			return err
		}
		for i := 0; i < width; i++ {
			if len(bundle) < 2 || len(bundle) < 2+int(binary.BigEndian.Uint16(bundle)) {
				return fmt.Errorf("bundle %d ends in entry %d", n, n*256+int64(i))
			}
			length := int(binary.BigEndian.Uint16(bundle))
			if tlog.RecordHash(bundle[2:2+length]) != hashes[i] {
				return fmt.Errorf("entry %d is not the one that was logged", n*256+int64(i))
			}
			bundle = bundle[2+length:]
		}
		if len(bundle) != 0 {
			return fmt.Errorf("bundle %d goes on", n)
		}
	}
	// Every upper tile, also those that no leaf needs on its way to the root.
	for level, width := 1, size/256; width > 0; level, width = level+1, width/256 {
		for n := int64(0); n*256 < width; n++ {
			count := width - n*256
			if count > 256 {
				count = 256
			}
			data, err := os.ReadFile(filepath.Join(dir, tilePath(strconv.Itoa(level), n, int(count))))
			if err != nil {
				return err
			}
			indexes := make([]int64, count)
			for i := range indexes {
				indexes[i] = tlog.StoredHashIndex(8*level, n*256+int64(i))
			}
			hashes, err := reader.ReadHashes(indexes)
			if err != nil {
				return err
			}
			var want bytes.Buffer
			for _, hash := range hashes {
				want.Write(hash[:])
			}
			if !bytes.Equal(want.Bytes(), data) {
				return fmt.Errorf("tile %d/%d differs", level, n)
			}
		}
	}
	return nil
}

type question struct {
	Kind  string // "inclusion" or "consistency"
	Size  int64
	Root  tlog.Hash
	Index int64     // inclusion: the entry; consistency: the old size
	Hash  tlog.Hash // inclusion: the leaf hash; consistency: the old root
	Proof []tlog.Hash
}

func proofs() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(make([]byte, 1<<20), 1<<20)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for in.Scan() {
		var q question
		err := json.Unmarshal(in.Bytes(), &q)
		if err == nil && q.Kind == "inclusion" {
			err = tlog.CheckRecord(q.Proof, q.Size, q.Root, q.Index, q.Hash)
		} else if err == nil {
			err = tlog.CheckTree(q.Proof, q.Size, q.Root, q.Index, q.Hash)
		}
		fmt.Fprintln(out, err == nil)
	}
}
