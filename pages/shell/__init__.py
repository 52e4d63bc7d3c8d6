"""What every page needs of Streamlit: the shell, widgets and their values, the address bar."""
